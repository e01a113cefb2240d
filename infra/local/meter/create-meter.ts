import type { Meter } from '../cloud-parts.ts';

/** What was counted, by unit. Read request units come in halves, everything else in whole numbers. */
export type Counts = Readonly<Record<string, number>>;

/** A meter with what it has counted since it was made. */
export interface CountingMeter {
  readonly meter: Meter;
  /** A copy of the counts; subtract two to know what happened in between. */
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

/** What was counted between two snapshots; units that did not move are left out. */
export function countsSince(before: Counts, after: Counts): Counts {
  const moved = Object.entries(after).map(([unit, count]) => [unit, count - (before[unit] ?? 0)] as const);
  return Object.fromEntries(moved.filter(([, count]) => count !== 0));
}
