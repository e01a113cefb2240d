import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createRatesStore } from '../../aws/rates/rates-store.ts';
import { createOrderStore } from '../../aws/replenishment/order-store.ts';
import { createSupplierStore } from '../../aws/replenishment/supplier-store.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { LimitDeps } from '../../replenishment/run/limits/limit-run.ts';
import { pricingOfDay } from '../../replenishment/run/pricing-of-day.ts';
import { runDeps } from './replenishment-runs.ts';
import { ruleBooksOf } from './rules.ts';
import { ownTable } from './table.ts';

const clock = () => new Date();

/** The law, the registrations and the exchange rates by which moves of a day are priced. */
export function runPricing() {
  const table = ownTable();
  const sources = {
    clock,
    books: ruleBooksOf(table, clock),
    rates: createRatesStore(table, clock),
    seller: createCatalogueStore(table, clock).seller,
  };
  return (day: CalendarDate) => pricingOfDay(sources, day);
}

/** For what limits the orders of a run. */
export function runLimitDeps(): LimitDeps {
  const table = ownTable();
  const catalogue = createCatalogueStore(table, clock);
  return {
    settings: runDeps().settings,
    suppliers: createSupplierStore(table).all,
    warehouses: async () => (await catalogue.network()).warehouses,
    products: catalogue.productsBySku,
    pricing: runPricing(),
    orders: createOrderStore(table, { clock }),
  };
}
