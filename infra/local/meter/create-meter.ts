import type { Counts } from '../../../shared/usage/bill.ts';
import type { Meter } from '../cloud-parts.ts';

/** A meter, and the units that it has counted since it was made. */
export interface CountingMeter {
  readonly meter: Meter;
  /** A copy of the counts. The difference of two copies is the count of the time between them. */
  counts(): Counts;
}

/** Makes a meter that starts at zero. */
export function createMeter(): CountingMeter {
  const counts = new Map<string, number>();
  return {
    meter: (unit, count) => {
      counts.set(unit, (counts.get(unit) ?? 0) + count);
    },
    counts: () => Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1))),
  };
}

/** The difference of two copies of counts. Units that did not change are left out. */
export function countsSince(before: Counts, after: Counts): Counts {
  const moved = Object.entries(after).map(([unit, count]) => [unit, count - (before[unit] ?? 0)] as const);
  return Object.fromEntries(moved.filter(([, count]) => count !== 0));
}
