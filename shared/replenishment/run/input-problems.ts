import type { CalendarDate } from '../../kernel/time.ts';
import { feastWarnings } from '../signals/feasts.ts';
import type { StoredSignal } from '../signals/given-signal.ts';
import type { RunProblem } from './run-problem.ts';
import type { SiteHistory } from './site-history.ts';

/**
 * What a run names of what it was given: rows of orders that can't be read, and feasts of its signals whose table of
 * dates ends in the year of the run.
 */
export function inputProblems(
  lines: readonly SiteHistory[],
  { day, signals }: { readonly day: CalendarDate; readonly signals: readonly StoredSignal[] },
): RunProblem[] {
  const rows = lines.flatMap(({ sku, warehouseId, refused = [] }) =>
    refused.map(
      (row): RunProblem => ({
        ...{ code: 'row-refused', subject: `${sku} ${row.market} ${row.day}` },
        detail: `an order of ${row.units} units, from ${warehouseId}: it is in no figure`,
      }),
    ),
  );
  const used = new Set(signals.map(({ days }) => days.feast));
  const feasts = feastWarnings(Number(day.slice(0, 4)))
    .filter(({ feast }) => used.has(feast))
    .map(
      ({ code, feast, lastYear }): RunProblem => ({
        ...{ code, subject: feast },
        detail: `its dates are known to ${lastYear}: give signals of later years their days`,
      }),
    );
  return [...rows, ...feasts];
}
