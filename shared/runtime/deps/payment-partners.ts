import { paymentProviders } from '../../payment/providers/index.ts';
import { once } from '../once.ts';
import { createPartners } from '../partners.ts';
import { coreDeps } from './core-deps.ts';

export const paymentPartners = once(() =>
  createPartners({ kind: 'payment', registry: paymentProviders, ...coreDeps() }),
);
