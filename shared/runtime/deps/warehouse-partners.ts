import { warehouseSystems } from '../../warehouse/systems/index.ts';
import { once } from '../once.ts';
import { createPartners } from '../partners.ts';
import { coreDeps } from './core-deps.ts';

export const warehousePartners = once(() =>
  createPartners({ kind: 'warehouse', registry: warehouseSystems, ...coreDeps() }),
);
