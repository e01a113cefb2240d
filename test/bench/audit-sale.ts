import { readFactItem } from '../../shared/aws/order/timeline-items.ts';
import { countersOf, takersOf } from '../../shared/aws/stock/buckets.ts';
import { noUnits, sumOf } from '../../shared/stock/index.ts';
import type { Item } from '../component/stores/table-on-engine.ts';

export interface Audit {
  readonly oversold: number;
  readonly lost: number;
  /** Counters of one bucket or of all buckets that differ from the sums of the orders on the table. */
  readonly wrongFigures: readonly string[];
}

/**
 * Counts a sale of one SKU anew from every item of the table: from the orders' facts, their heads and their
 * reservations, against the orders that buyers got and the units that came in.
 */
export function auditSale(
  items: readonly Item[],
  { sku, units, sold }: { readonly sku: string; readonly units: number; readonly sold: readonly string[] },
): Audit {
  const heads = new Set<string>();
  const reservations = new Set<string>();
  const taken = new Map<string, number>();
  const buckets = [];
  for (const item of items) {
    const [pk, sk] = [String(item.pk), String(item.sk)];
    if (sk === 'ORDER') heads.add(pk.slice('ORDER#'.length));
    else if (pk.startsWith(`RESERVATION#${sku}#`))
      for (const orderId of item.orders as Iterable<string>) reservations.add(orderId);
    else if (pk === `STOCK#${sku}` || pk.startsWith(`STOCK#${sku}#`)) {
      buckets.push(countersOf(item));
      for (const orderId of takersOf(item)) reservations.add(orderId);
    } else if (item.facts !== undefined) {
      for (const fact of readFactItem(item).facts) {
        if (fact.name !== 'order.placed') continue;
        const lines = fact.data.landedCost.consignments.flatMap((each) => each.lines);
        const quantity = lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
        taken.set(fact.orderId, (taken.get(fact.orderId) ?? 0) + quantity);
      }
    }
  }
  const reported = new Set(sold);
  const everyOrder = new Set([...reported, ...heads, ...reservations, ...taken.keys()]);
  const isWhole = (orderId: string) =>
    [reported, heads, reservations, taken].every((of) => (of as { has(id: string): boolean }).has(orderId));
  const unitsTaken = [...taken.values()].reduce((sum, quantity) => sum + quantity, 0);
  const wanted = {
    ...{ ...noUnits, received: units, onHand: units },
    ...{ available: units - unitsTaken, reserved: unitsTaken },
  };
  const stored = sumOf(buckets);
  const different = Object.entries(wanted).filter(
    ([name, count]) => stored[name as keyof typeof wanted] !== count,
  );
  return {
    oversold: Math.max(0, unitsTaken - units),
    lost: [...everyOrder].filter((orderId) => !isWhole(orderId)).length + (sold.length - reported.size),
    wrongFigures: [
      ...different.map(([name]) => name),
      ...buckets.flatMap(({ available, reserved }) => (available < 0 || reserved < 0 ? ['a bucket'] : [])),
    ],
  };
}
