import { createSupplierStore } from '../../aws/replenishment/supplier-store.ts';
import { functionLimits } from '../../lake/engine/function-limits.ts';
import type { HistoryDeps } from '../../replenishment/run/read-history.ts';
import { tablesRead } from '../../replenishment/run/site-queries.ts';
import { readSettings } from '../settings.ts';
import { lakeFiles, runFiles } from './lake-files.ts';
import { runDeps } from './replenishment-runs.ts';
import { ownTable } from './table.ts';

/** For reading the sales of a run from the lake. */
export function runHistoryDeps(): HistoryDeps {
  const settings = readSettings();
  const store = lakeFiles();
  const limits = functionLimits(settings.memoryMb());
  const suppliers = createSupplierStore(ownTable());
  return {
    ...runDeps(),
    files: runFiles(),
    offered: async () => {
      const skus = (await suppliers.all()).flatMap(({ offers }) => offers.map(({ sku }) => sku));
      return [...new Set(skus)].sort();
    },
    // A message that comes again opens none.
    openLake: async () => {
      const { openRows } = await import('../../lake/engine/open-rows.ts');
      return openRows({ store, limits }, tablesRead);
    },
  };
}
