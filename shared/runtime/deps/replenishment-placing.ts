import { createOrderStore } from '../../aws/replenishment/order-store.ts';
import { createRiskStore } from '../../aws/replenishment/risk-store.ts';
import { createRunFiles } from '../../aws/replenishment/run/run-files.ts';
import { createSupplierStore } from '../../aws/replenishment/supplier-store.ts';
import type { PlacingDeps } from '../../replenishment/run/place-run.ts';
import { readSettings } from '../settings.ts';
import { runLimitDeps } from './replenishment-plans.ts';
import { runDeps, runReadingDeps } from './replenishment-runs.ts';
import { ownTable } from './table.ts';

/** For placing the orders of a run. */
export function runPlacingDeps(): PlacingDeps {
  const shared = runDeps();
  const table = ownTable();
  return {
    ...shared,
    files: createRunFiles(readSettings().lakeBucket()),
    orders: createOrderStore(table, { clock: shared.clock }),
    suppliers: createSupplierStore(table),
    risks: createRiskStore(table),
    limits: runLimitDeps(),
  };
}

/** For saying what the last run found. */
export const runExplainDeps = () => ({
  ...runReadingDeps(),
  files: createRunFiles(readSettings().lakeBucket()),
});
