import { dayOf, weekdayOf } from '../../kernel/zoned-time.ts';
import type { DemandSeries } from '../demand/demand-series.ts';

/** How many times the mean demand each weekday has, Monday first. Their mean is 1; a closed weekday has 0. */
export type WeekdayFactors = readonly number[];

export const EVERY_DAY: WeekdayFactors = [1, 1, 1, 1, 1, 1, 1];

/** The weeks that a factor rests on. Older ones may have had other opening hours. */
const WEEKS = 12;
/** As many usual orders as these weigh as much as what is known of the group. */
const PRIOR_ORDERS = 30;

/**
 * The factors of one series. Few orders say little of the weekdays, so that they are drawn to those of its group: the
 * mean of a Poisson variable whose rate has a gamma distribution before (Gelman and others, Bayesian Data Analysis,
 * 3rd edition (2013), section 2.6).
 */
export function weekdayFactors(
  {
    units,
    known,
    firstWeekday,
  }: { readonly units: Float64Array; readonly known: Uint8Array; readonly firstWeekday: number },
  group: WeekdayFactors,
): Float64Array {
  const sums = new Float64Array(7);
  const counts = new Float64Array(7);
  let [all, expected, orders] = [0, 0, 0];
  for (let day = Math.max(0, units.length - 7 * WEEKS); day < units.length; day += 1) {
    if (known[day] !== 1) continue;
    const at = (firstWeekday + day) % 7;
    const own = units[day] as number;
    sums[at] = (sums[at] as number) + own;
    counts[at] = (counts[at] as number) + 1;
    all += own;
    expected += group[at] as number;
    if (own > 0) orders += 1;
  }
  const factors = Float64Array.from(group);
  if (all === 0 || expected === 0) return factors;
  const level = all / expected;
  const prior = PRIOR_ORDERS * (all / orders);
  for (let at = 0; at < 7; at += 1) {
    const weight = prior / 7;
    factors[at] =
      ((sums[at] as number) + weight * (group[at] as number)) / ((counts[at] as number) * level + weight);
  }
  return toMeanOne(factors);
}

/** The factors of many series together, from their last weeks. A weekday on which nothing was ever sold gets 0. */
export function groupFactors(
  series: readonly DemandSeries[],
  isClosed: (day: number) => boolean,
): WeekdayFactors {
  const sums = new Float64Array(7);
  const days = Array.from({ length: 7 }, () => new Set<number>());
  const last = Math.max(...series.map(({ firstDay, units }) => dayOf(firstDay) + units.length));
  for (const { firstDay, units, censored } of series) {
    const first = dayOf(firstDay);
    const cap = usualMost(units);
    for (let index = Math.max(0, last - 7 * WEEKS - first); index < units.length; index += 1) {
      if (censored[index] || isClosed(first + index)) continue;
      const at = weekdayOf(first + index) - 1;
      days[at]?.add(first + index);
      sums[at] = (sums[at] as number) + Math.min(units[index] as number, cap);
    }
  }
  const means = sums.map((sum, at) => (days[at]?.size === 0 ? 0 : sum / (days[at]?.size ?? 1)));
  return means.every((mean) => mean === 0) ? EVERY_DAY : [...toMeanOne(means)];
}

/** Nine of ten days with demand have no more: a large day says less of its weekday than of its order. */
function usualMost(units: readonly number[]): number {
  const sold = Float64Array.from(units.filter((each) => each > 0)).sort();
  return sold[Math.floor(0.9 * sold.length)] ?? 0;
}

function toMeanOne(values: Float64Array): Float64Array {
  const mean = values.reduce((all, each) => all + each, 0) / 7;
  return mean > 0 ? values.map((each) => each / mean) : values.fill(1);
}
