import type { Counts } from '../../shared/usage/bill.ts';

/**
 * The median of each unit over several counts, where a unit that a count lacks is zero. An even number of counts gives
 * the lower of the two.
 */
export function medianCounts(all: readonly Counts[]): Counts {
  const units = new Set(all.flatMap((counts) => Object.keys(counts)));
  const medians = [...units].map((unit) => {
    const sorted = all.map((counts) => counts[unit] ?? 0).toSorted((a, b) => a - b);
    return [unit, sorted[Math.ceil(sorted.length / 2) - 1] ?? 0] as const;
  });
  return Object.fromEntries(medians.filter(([, count]) => count > 0));
}
