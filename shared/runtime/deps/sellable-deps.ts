import { createStockStore } from '../../aws/stock/stock-store.ts';
import { once } from '../once.ts';
import { catalogueDeps } from './catalogue-deps.ts';

/** For telling what a market may have: products and lanes, and where the goods are. */
export const sellableDeps = once(() => {
  const core = catalogueDeps();
  return { ...core, stock: createStockStore(core.table) };
});
