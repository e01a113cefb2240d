import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { openTable } from '../../aws/clients.ts';
import { createRatesStore } from '../../aws/rates/rates-store.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';

/** For storing products, warehouses and rates. */
export const catalogueDeps = once(() => {
  const settings = readSettings();
  const table = openTable(settings.tableName);
  const clock = () => new Date();
  return {
    table,
    clock,
    catalogue: createCatalogueStore(table, clock),
    rates: createRatesStore(table, clock),
  };
});
