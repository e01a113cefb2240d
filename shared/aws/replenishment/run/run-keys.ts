import type { Key } from '../../table.ts';

const RUNS = 'REPLENISHMENT-RUNS';

/** The keys of runs of replenishment; `shared/aws/table.ts` lists them with all others. */
export const runKeys = {
  runs: RUNS,
  run: (day: string): Key => ({ pk: RUNS, sk: `DAY#${day}` }),
  batch: (folder: string, batch: number): Key => ({
    pk: `REPLENISHMENT-BATCH#${folder}`,
    sk: `BATCH#${String(batch).padStart(5, '0')}`,
  }),
};
