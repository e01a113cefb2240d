import { type History, saysLevel } from '../history.ts';
import { openDays } from './open-days.ts';
import { KNOTS } from './shapes.ts';

/**
 * How many times its largest total of as many days is kept for a series at most. Of m alike periods the next one is
 * above the largest with a probability of 1 / (m + 1) (Wilks, Determination of sample sizes for setting tolerance
 * limits, Annals of Mathematical Statistics 12 (1941)), so a series with many periods needs no more than its largest.
 * One with a few may meet an order above all that it had.
 */
const MAX_TIMES_OWN = 3;

/**
 * The most units that the first n days of a forecast may take, by what the series itself has sold:
 * {@link MAX_TIMES_OWN} times its largest total of as many open days in turn. A series that is younger has its whole
 * history, prolonged at its own rate.
 */
export function ownLimit(history: History): (days: number) => number {
  const units = unitsThatCount(history);
  const open = openDays(history);
  const atKnots = KNOTS.filter(
    (_, place) => place === 0 || (KNOTS[place - 1] as number) < history.horizon,
  ).map((knot) => ({
    knot,
    most: largestTotal(units, Math.max(1, open[Math.min(knot, history.horizon)] as number)),
  }));
  return (days) => {
    const after = atKnots.find(({ knot }) => knot >= days) ?? atKnots.at(-1);
    return MAX_TIMES_OWN * (after?.most ?? 0);
  };
}

/** The units of the days that say something of the level, in their order. */
function unitsThatCount(history: History): Float64Array {
  const units = new Float64Array(history.units.length);
  let count = 0;
  for (let day = 0; day < units.length; day += 1)
    if (saysLevel(history, day)) {
      units[count] = history.units[day] as number;
      count += 1;
    }
  return units.subarray(0, count);
}

function largestTotal(units: Float64Array, days: number): number {
  let [sum, most] = [0, 0];
  for (let day = 0; day < units.length; day += 1) {
    sum += units[day] as number;
    if (day >= days) sum -= units[day - days] as number;
    if (sum > most) most = sum;
  }
  return units.length >= days ? most : (most * days) / Math.max(1, units.length);
}
