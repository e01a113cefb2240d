import { openPlace } from '../../infra/cli/lake/open-place.ts';
import type { AlarmFault } from './alarmed-backend.ts';

const JOB = 'reports/every-hour-compact-lake';

/** Faults of the tables of the lake. */
export const lakeFaults: readonly AlarmFault[] = [
  {
    alarm: 'IncompleteTables',
    what: 'an object of the lake can not be read',
    logs: ['LAKE_UNREAD'],
    make: async ({ running: { backend }, dataDir }) => {
      const { store } = await openPlace({ kind: 'local', url: backend.url, dataDir });
      const today = new Date().toISOString().slice(0, 10);
      await store.write(`facts/received=${today}/damaged.ndjson.gz`, 'no record\n');
      await backend.cloud.runSchedule('entrepot-local-ReportsEveryHourCompactLake');
    },
  },
  {
    alarm: 'IncompleteTables',
    what: 'a run ends before all facts are in the tables',
    logs: ['LAKE_TABLES_BEHIND'],
    make: async (at) =>
      at.write(JOB, { service: 'ReportsEveryHourCompactLake', code: 'LAKE_TABLES_BEHIND', left: 3 }),
  },
];
