import { brokers } from '../../customs/brokers/index.ts';
import { once } from '../once.ts';
import { createPartners } from '../partners.ts';
import { coreDeps } from './core-deps.ts';

export const customsPartners = once(() =>
  createPartners({ kind: 'customs', registry: brokers, ...coreDeps() }),
);
