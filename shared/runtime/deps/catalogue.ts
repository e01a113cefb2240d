import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createStorefrontStore } from '../../aws/catalogue/storefront-store.ts';
import { openTable } from '../../aws/clients.ts';
import { createRatesStore } from '../../aws/rates/rates-store.ts';
import { publishableKeyOf } from '../../catalogue/index.ts';
import { originProofOf } from '../origin-proof.ts';
import { readSettings } from '../settings.ts';
import { baseDeps } from './base.ts';

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

/** For finding a storefront by its key. Every shopper's first call waits for it, so it loads nothing else. */
export function knownStorefrontDeps() {
  const settings = readSettings();
  return {
    storefronts: createStorefrontStore(openTable(settings.tableName)),
    originProof: originProofOf(settings),
  };
}

/** For storing storefronts. */
export function storefrontDeps() {
  const { settings, secrets } = baseDeps();
  const secret = () => secrets.read(settings.secretArn('quote-signing'));
  return {
    storefronts: createStorefrontStore(openTable(settings.tableName)),
    publishableKey: async (storefrontId: string) => publishableKeyOf(storefrontId, await secret()),
  };
}
