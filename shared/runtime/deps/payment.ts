import { paymentProviders } from '../../payment/providers/index.ts';
import { createPartners } from '../partners.ts';
import { baseDeps } from './base.ts';
import { coreDeps } from './core.ts';

export const paymentPartners = () =>
  createPartners({ kind: 'payment', registry: paymentProviders, ...baseDeps() });

export function paymentDeps() {
  const partners = paymentPartners();
  return { ...coreDeps(), providerByCode: (code: string) => partners.get(code) };
}
