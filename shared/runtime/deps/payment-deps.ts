import { once } from '../once.ts';
import { coreDeps } from './core-deps.ts';
import { paymentPartners } from './payment-partners.ts';

export const paymentDeps = once(() => ({
  ...coreDeps(),
  providerByCode: (code: string) => paymentPartners().get(code),
}));
