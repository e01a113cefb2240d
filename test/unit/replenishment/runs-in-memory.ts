import type { CalendarDate } from '../../../shared/kernel/time.ts';
import type { PlannedBatch, ReplenishmentRunStore } from '../../../shared/replenishment/run/ports.ts';
import type { ReplenishmentRun } from '../../../shared/replenishment/run/replenishment-run.ts';

/** Runs in memory, with the conditions of the table. */
export function runsInMemory(): ReplenishmentRunStore {
  const runs = new Map<CalendarDate, ReplenishmentRun>();
  const planned = new Map<string, PlannedBatch>();
  const change = (
    day: CalendarDate,
    is: (run: ReplenishmentRun) => boolean,
    to: Partial<ReplenishmentRun>,
  ) => {
    const run = runs.get(day);
    if (run === undefined || !is(run)) return false;
    runs.set(day, { ...run, ...to });
    return true;
  };
  const added = (day: CalendarDate, counted: Readonly<Record<string, number>>) => {
    const counts: Record<string, number> = { ...runs.get(day)?.counts };
    for (const [name, count] of Object.entries(counted)) counts[name] = (counts[name] ?? 0) + count;
    return { counts: counts as ReplenishmentRun['counts'] };
  };
  return {
    ask: async (run) => !runs.has(run.day) && runs.set(run.day, run) !== undefined,
    load: async (day) => runs.get(day),
    list: async (max) => [...runs.values()].toReversed().slice(0, max),
    move: async (day, from, to) => change(day, ({ state }) => state === from, to),
    batchDone: async ({ day, folder }, batch) => {
      const name = `${folder}#${batch.batch}`;
      if (planned.has(name)) return false;
      const counted = { ...batch.counted, batchesDone: 1 } as Record<string, number>;
      if (!change(day, ({ state }) => state === 'planning', added(day, counted))) return false;
      planned.set(name, batch);
      return true;
    },
    batch: async (folder, batch) => planned.get(`${folder}#${batch}`),
    batches: async (folder) =>
      [...planned].flatMap(([name, batch]) => (name.startsWith(`${folder}#`) ? [batch] : [])),
    chunkPlaced: async (day, chunk, counted) =>
      change(
        day,
        ({ state, counts }) => state === 'placing' && counts.chunksPlaced === chunk,
        added(day, counted as Record<string, number>),
      ),
  };
}
