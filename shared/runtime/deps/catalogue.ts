import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createStorefrontStore } from '../../aws/catalogue/storefront-store.ts';
import { createRatesStore } from '../../aws/rates/rates-store.ts';
import { publishableKeyOf } from '../../catalogue/index.ts';
import { baseDeps } from './base.ts';
import { ownTable } from './table.ts';

/** For storing products, warehouses and rates. */
export function catalogueDeps() {
  const table = ownTable();
  const clock = () => new Date();
  return {
    table,
    clock,
    catalogue: createCatalogueStore(table, clock),
    rates: createRatesStore(table, clock),
  };
}

/** For storing storefronts. */
export function storefrontDeps() {
  const { settings, secrets } = baseDeps();
  const secret = () => secrets.read(settings.secretArn('quote-signing'));
  return {
    storefronts: createStorefrontStore(ownTable()),
    publishableKey: async (storefrontId: string) => publishableKeyOf(storefrontId, await secret()),
  };
}
