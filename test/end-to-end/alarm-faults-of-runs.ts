import { createReplenishmentRunStore } from '../../shared/aws/replenishment/run/run-store.ts';
import { dayAfter, hourMs, later } from '../../shared/kernel/time.ts';
import { noCounts } from '../../shared/replenishment/run/replenishment-run.ts';
import type { AlarmFault } from './alarmed-backend.ts';

/** Faults of the daily run of replenishment. */
export const runFaults: readonly AlarmFault[] = [
  {
    alarm: 'UnfinishedReplenishment',
    what: 'a run of yesterday was asked for hours ago, and its sales were never read',
    logs: ['RUN_LATE'],
    make: async ({ table, running }) => {
      const now = new Date().toISOString();
      await createReplenishmentRunStore(table).ask({
        ...{ day: dayAfter(now.slice(0, 10), -1), timeZone: 'UTC', by: 'clock', state: 'asked' },
        ...{ startedAt: later(now, -5 * hourMs), counts: { ...noCounts } },
      });
      await running.backend.cloud.runSchedule('entrepot-local-ReplenishmentEveryHourStartRun');
      // The job sends its first step again.
      await running.backend.cloud.settled(120_000);
    },
  },
];
