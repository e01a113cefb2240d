import { once } from '../once.ts';
import { coreWorld } from './core-world.ts';
import { paymentPartners } from './payment-partners.ts';

export const paymentWorld = once(() => ({
  ...coreWorld(),
  providerByCode: (code: string) => paymentPartners().get(code),
}));
