import { createCatalogueStore } from '../../aws/catalogue-store.ts';
import { createQuoteStore } from '../../aws/quote-store.ts';
import { createRatesStore } from '../../aws/rates-store.ts';
import { createRuleStore } from '../../aws/rule-store.ts';
import { createStockStore } from '../../aws/stock-store.ts';
import { createWorkloadStore } from '../../aws/workload-store.ts';
import { createRuleBooks } from '../../customs/registry/index.ts';
import { once } from '../once.ts';
import { coreWorld } from './core-world.ts';

/** For pricing baskets. */
export const quoteWorld = once(() => {
  const { table, clock, newId, secrets, settings } = coreWorld();
  return {
    clock,
    newId,
    catalogue: createCatalogueStore(table, clock),
    stock: createStockStore(table),
    workload: createWorkloadStore(table, clock),
    rates: createRatesStore(table, clock),
    rules: createRuleBooks(createRuleStore(table, clock)),
    quotes: createQuoteStore(table),
    signingKey: () => secrets.read(settings.secretArn('quote-signing')),
  };
});
