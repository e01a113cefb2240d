import { brokers } from '../../customs/brokers/index.ts';
import { once } from '../once.ts';
import { createPartners } from '../partners.ts';
import { coreWorld } from './core-world.ts';

export const customsPartners = once(() =>
  createPartners({ kind: 'customs', registry: brokers, ...coreWorld() }),
);
