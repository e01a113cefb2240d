import type { Key } from '../../table.ts';

const RUNS = 'REPLENISHMENT-RUNS';

/** The keys of runs of replenishment; `shared/aws/table.ts` lists them with all others. */
export const runKeys = {
  runs: RUNS,
  run: (day: string): Key => ({ pk: RUNS, sk: `DAY#${day}` }),
  /** The beginning of the sort keys of the batches of a run. */
  batches: (folder: string) => `BATCH#${folder}#`,
  batch: (folder: string, batch: number): Key => ({
    pk: RUNS,
    sk: `BATCH#${folder}#${String(batch).padStart(5, '0')}`,
  }),
};
