import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createRatesStore } from '../../aws/rates/rates-store.ts';
import { createOrderStore } from '../../aws/replenishment/order-store.ts';
import { readAtSites } from '../../aws/replenishment/run/at-sites.ts';
import { createSignalStore } from '../../aws/replenishment/signal-store.ts';
import { createSupplierStore } from '../../aws/replenishment/supplier-store.ts';
import { toInstant } from '../../kernel/time.ts';
import { loadSolver } from '../../replenishment/network/solver.ts';
import { unitsInYear } from '../../replenishment/purchasing/units-in-year.ts';
import { keepFor } from '../../replenishment/run/keep-for.ts';
import type { BatchDeps } from '../../replenishment/run/plan-batch.ts';
import { solverCode } from '../solver-code.ts';
import { runFiles } from './lake-files.ts';
import { runPricing } from './replenishment-limits.ts';
import { runDeps } from './replenishment-runs.ts';
import { ownTable } from './table.ts';

/** For planning, suppliers may be a minute old: a batch takes a second, and reads all of them. */
const SUPPLIERS_KEPT_MS = 60_000;

/** For planning a batch of a run. */
export function runPlanDeps(): BatchDeps {
  const shared = runDeps();
  const table = ownTable();
  const orders = createOrderStore(table, { clock: shared.clock });
  const suppliers = createSupplierStore(table);
  const catalogue = createCatalogueStore(table, shared.clock);
  return {
    ...shared,
    files: runFiles(),
    suppliers: keepFor(suppliers.all, { milliseconds: SUPPLIERS_KEPT_MS, clock: shared.clock }),
    signals: createSignalStore(table, shared.clock),
    outcomesOf: suppliers.outcomesOf,
    rates: createRatesStore(table, shared.clock),
    unitsInYear: (skus) => unitsInYear({ orders }, { skus, now: toInstant(shared.clock()) }),
    atSites: (places) => readAtSites(table, orders, places),
    warehouses: async () => (await catalogue.network()).warehouses,
    moves: {
      products: catalogue.productsBySku,
      pricing: runPricing(),
      solver: async () => loadSolver({ wasmBinary: await solverCode() }),
    },
  };
}
