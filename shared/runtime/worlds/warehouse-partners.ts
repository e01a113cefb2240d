import { warehouseSystems } from '../../warehouse/systems/index.ts';
import { once } from '../once.ts';
import { createPartners } from '../partners.ts';
import { coreWorld } from './core-world.ts';

export const warehousePartners = once(() =>
  createPartners({ kind: 'warehouse', registry: warehouseSystems, ...coreWorld() }),
);
