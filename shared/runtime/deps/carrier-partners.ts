import { carriers } from '../../shipping/carriers/index.ts';
import { once } from '../once.ts';
import { createPartners } from '../partners.ts';
import { coreDeps } from './core-deps.ts';

export const carrierPartners = once(() =>
  createPartners({ kind: 'carrier', registry: carriers, ...coreDeps() }),
);
