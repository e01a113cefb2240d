import type { CalendarDate } from '../../kernel/time.ts';

/** What an order took of a SKU. */
export interface OrderedUnits {
  readonly day: CalendarDate;
  readonly units: number;
}

/** The orders before that one is compared with. They are recent ones, and enough of them to know what is usual. */
const MAX_COMPARED = 500;
const MIN_COMPARED = 8;
/** The limit of the modified z-score: Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993, section 3.4. */
const MAX_SCORE = 3.5;
/** Turns a median absolute deviation into a standard deviation of a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;
/** The least deviation of the logarithm, for SKUs of which all orders are alike. So 5.8 times the median is usual. */
const MIN_DEVIATION = 0.5;

/**
 * Which orders of one SKU are one-off bulk orders. An order is one if the modified z-score of the logarithm of its
 * units is over 3.5, compared with the orders of earlier days. Quantities are compared by their logarithm, because
 * they are skewed: 48 is to 12 what 12 is to 3. Later orders do not count, so that a mark never changes. The first
 * eight orders are never marked. `orders` are by day; the answer has the same places.
 */
export function markBulkOrders(orders: readonly OrderedUnits[]): boolean[] {
  const marks: boolean[] = [];
  const earlier: number[] = [];
  let waiting: number[] = [];
  let day: CalendarDate | undefined;
  let limit = Number.POSITIVE_INFINITY;
  for (const order of orders) {
    if (order.day !== day) {
      earlier.push(...waiting);
      waiting = [];
      day = order.day;
      limit = limitOf(earlier.slice(-MAX_COMPARED));
    }
    const size = Math.log(order.units);
    marks.push(size > limit);
    waiting.push(size);
  }
  return marks;
}

/** The largest logarithm of units that is usual beside these. */
function limitOf(sizes: readonly number[]): number {
  if (sizes.length < MIN_COMPARED) return Number.POSITIVE_INFINITY;
  const middle = median(sizes);
  const deviation = MAD_TO_DEVIATION * median(sizes.map((size) => Math.abs(size - middle)));
  return middle + MAX_SCORE * Math.max(deviation, MIN_DEVIATION);
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
