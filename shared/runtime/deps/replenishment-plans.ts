import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import type { Table } from '../../aws/clients.ts';
import { createRuleStore } from '../../aws/duties/rule-store.ts';
import { createRatesStore } from '../../aws/rates/rates-store.ts';
import { createOrderStore } from '../../aws/replenishment/order-store.ts';
import { readAtSites } from '../../aws/replenishment/run/at-sites.ts';
import { createRunFiles } from '../../aws/replenishment/run/run-files.ts';
import { createSignalStore } from '../../aws/replenishment/signal-store.ts';
import { createSupplierStore } from '../../aws/replenishment/supplier-store.ts';
import type { CatalogueStore } from '../../catalogue/index.ts';
import { createRuleBooks } from '../../duties/rule-import/index.ts';
import { type CalendarDate, dayMs, toInstant } from '../../kernel/time.ts';
import { convertAmount, lockRates } from '../../rates/index.ts';
import { loadSolver } from '../../replenishment/network/solver.ts';
import type { LimitDeps } from '../../replenishment/run/limits/limit-run.ts';
import type { BatchDeps } from '../../replenishment/run/plan-batch.ts';
import type { Pricing } from '../../replenishment/run/transfers/plan-moves.ts';
import { readSettings } from '../settings.ts';
import { solverCode } from '../solver-code.ts';
import { runDeps } from './replenishment-runs.ts';
import { ownTable } from './table.ts';

const clock = () => new Date();

/** For planning a batch of a run. */
export function runPlanDeps(): BatchDeps {
  const shared = runDeps();
  const table = ownTable();
  const orders = createOrderStore(table, { clock: shared.clock });
  const suppliers = createSupplierStore(table);
  const catalogue = createCatalogueStore(table, clock);
  return {
    ...shared,
    files: createRunFiles(readSettings().lakeBucket()),
    suppliers: suppliers.all,
    signals: createSignalStore(table, shared.clock),
    outcomesOf: suppliers.outcomesOf,
    atSites: (places) => readAtSites(table, orders, places),
    warehouses: async () => (await catalogue.network()).warehouses,
    moves: {
      products: catalogue.productsBySku,
      pricing: createPricing(table, catalogue),
      solver: async () => loadSolver({ wasmBinary: await solverCode() }),
    },
  };
}

/** What limits the orders of a run. */
export function runLimitDeps(): LimitDeps {
  const table = ownTable();
  const catalogue = createCatalogueStore(table, clock);
  return {
    settings: runDeps().settings,
    suppliers: createSupplierStore(table).all,
    warehouses: async () => (await catalogue.network()).warehouses,
    products: catalogue.productsBySku,
    pricing: createPricing(table, catalogue),
    orders: createOrderStore(table, { clock }),
  };
}

/** The law, the registrations and the exchange rates by which moves of a day are priced. */
function createPricing(table: Table, { seller }: Pick<CatalogueStore, 'seller'>) {
  const books = createRuleBooks(createRuleStore(table, clock));
  const rates = createRatesStore(table, clock);
  return async (date: CalendarDate): Promise<Pricing> => {
    const [rules, registrations, current] = await Promise.all([books.current(), seller(), rates.current()]);
    const now = toInstant(clock());
    const lock = current === undefined ? undefined : lockRates(current, { now, lifetimeMs: dayMs });
    return {
      ...{ date, rules, seller: registrations ?? {} },
      convert: (amount, to) => {
        if (amount.currency === to) return amount;
        return lock?.ok === true ? convertAmount(lock.value, amount, to) : undefined;
      },
    };
  };
}
