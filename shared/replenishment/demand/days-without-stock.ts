import type { CalendarDate } from '../../kernel/time.ts';
import { dayOf } from '../../kernel/zoned-time.ts';

/** How the sellable units of a SKU changed on one day, over all warehouses. */
export interface StockDay {
  /** In the time zone of the merchant. */
  readonly day: CalendarDate;
  readonly sku: string;
  /** The sum of all changes. */
  readonly change: number;
  /** The sum of the changes upwards: arrivals, and what cancelled orders released. */
  readonly added: number;
}

/**
 * The days, by their numbers, on which a SKU had no unit to sell from the first moment to the last: it began the day
 * with none, and none was added. The stock before the first change is taken as zero, so those days are not counted:
 * whether the SKU was on sale at all is unknown. Changes that lead below zero are not the whole story: units were there
 * that no change brought, such as those from before the facts begin. Then no day is known to be without stock.
 */
export function daysWithoutStock(
  changes: readonly StockDay[],
  { firstDay, lastDay }: { readonly firstDay: CalendarDate; readonly lastDay: CalendarDate },
): ReadonlySet<number> {
  const without = new Set<number>();
  const sorted = changes.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  if (leadsBelowZero(sorted)) return without;
  let held = 0;
  sorted.forEach(({ day, change, added }, index) => {
    if (index > 0 && held <= 0 && added <= 0) without.add(dayOf(day));
    held += change;
    if (held > 0) return;
    const next = sorted[index + 1];
    const end = next === undefined ? dayOf(lastDay) : dayOf(next.day) - 1;
    for (let empty = dayOf(day) + 1; empty <= end; empty += 1) without.add(empty);
  });
  const [first, last] = [dayOf(firstDay), dayOf(lastDay)];
  return new Set([...without].filter((day) => day >= first && day <= last));
}

function leadsBelowZero(sorted: readonly StockDay[]): boolean {
  let held = 0;
  return sorted.some(({ change }) => {
    held += change;
    return held < 0;
  });
}
