import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createCostStore } from '../../aws/catalogue/cost-store.ts';
import { openTable } from '../../aws/clients.ts';
import { readSettings } from '../settings.ts';

/** For storing what products and marketing cost the merchant. */
export function costDeps() {
  const table = openTable(readSettings().tableName);
  const clock = () => new Date();
  return { clock, catalogue: createCatalogueStore(table, clock), costs: createCostStore(table) };
}
