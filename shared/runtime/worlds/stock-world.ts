import { createStockStore } from '../../aws/stock-store.ts';
import { once } from '../once.ts';
import { coreWorld } from './core-world.ts';

export const stockWorld = once(() => {
  const core = coreWorld();
  return { ...core, stock: createStockStore(core.table) };
});
