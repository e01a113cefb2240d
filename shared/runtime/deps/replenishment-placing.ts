import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { createOrderStore } from '../../aws/replenishment/order-store.ts';
import { createRiskStore } from '../../aws/replenishment/risk-store.ts';
import { createSignalStore } from '../../aws/replenishment/signal-store.ts';
import { createSlottingStore } from '../../aws/replenishment/slotting-store.ts';
import { createSupplierStore } from '../../aws/replenishment/supplier-store.ts';
import type { PlacingDeps } from '../../replenishment/run/place-run.ts';
import { runFiles } from './lake-files.ts';
import { runLimitDeps } from './replenishment-limits.ts';
import { runDeps, runReadingDeps } from './replenishment-runs.ts';
import { ownTable } from './table.ts';

/** For placing the orders of a run. */
export function runPlacingDeps(): PlacingDeps {
  const shared = runDeps();
  const table = ownTable();
  return {
    ...shared,
    files: runFiles(),
    orders: createOrderStore(table, { clock: shared.clock }),
    suppliers: createSupplierStore(table),
    risks: createRiskStore(table),
    limits: runLimitDeps(),
  };
}

/** For what follows from the plans of a run in warehouses: moves, and how full they are. */
export function runWarehouseDeps() {
  const table = ownTable();
  const clock = () => new Date();
  return {
    ...{ ...runReadingDeps(), clock },
    files: runFiles(),
    catalogue: createCatalogueStore(table, clock),
    signals: createSignalStore(table, clock),
    slotting: createSlottingStore(table),
    risks: createRiskStore(table),
  };
}

/** For saying what the last run found. */
export const runExplainDeps = () => ({
  ...runReadingDeps(),
  files: runFiles(),
});

/** For listing what a run found. */
export const runFoundDeps = () => ({ ...runExplainDeps(), clock: () => new Date() });
