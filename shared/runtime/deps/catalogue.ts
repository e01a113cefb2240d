import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createStorefrontStore } from '../../aws/catalogue/storefront-store.ts';
import { openTable } from '../../aws/clients.ts';
import { createRatesStore } from '../../aws/rates/rates-store.ts';
import { publishableKeyOf } from '../../catalogue/index.ts';
import { readSettings } from '../settings.ts';
import { coreDeps } from './core.ts';

/** For storing products, warehouses and rates. */
export function catalogueDeps() {
  const settings = readSettings();
  const table = openTable(settings.tableName);
  const clock = () => new Date();
  return {
    table,
    clock,
    catalogue: createCatalogueStore(table, clock),
    rates: createRatesStore(table, clock),
  };
}

/** For storing storefronts, and for finding one by its key. */
export function storefrontDeps() {
  const core = coreDeps();
  const secret = () => core.secrets.read(core.settings.secretArn('quote-signing'));
  return {
    ...core,
    storefronts: createStorefrontStore(core.table),
    publishableKey: async (storefrontId: string) => publishableKeyOf(storefrontId, await secret()),
  };
}
