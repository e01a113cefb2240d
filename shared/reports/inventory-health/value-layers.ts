import type * as z from 'zod';
import { type Money, money, times } from '../../kernel/money.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { costs } from './inventory-queries.ts';

type CostRow = z.infer<typeof costs.row>;

/** Units of a SKU that are left of what arrived on a UTC day. */
export interface Layer {
  readonly sku: string;
  readonly arrived: CalendarDate;
  readonly units: number;
}

/** What units cost in the currencies of their costs: the price at the supplier, and the first leg if it is known. */
export type LayerCost = Readonly<Record<'purchase' | 'firstLeg', Money>>;

/** Gives the cost of the units of a layer by the costs of the day on which they arrived; undefined if none is known. */
export function layerCosts(rows: readonly CostRow[]): (layer: Layer) => LayerCost | undefined {
  const bySku = Map.groupBy(rows, ({ sku }) => sku);
  return ({ sku, arrived, units }) => {
    const cost = costOn(bySku.get(sku) ?? [], arrived);
    if (cost === undefined) return undefined;
    const { purchase, currency, first_leg, first_leg_currency } = cost;
    return {
      purchase: times(money(purchase, currency), units),
      firstLeg: times(money(first_leg ?? 0, first_leg_currency ?? currency), units),
    };
  };
}

/** The rows are in the order of their days. */
const costOn = (rows: readonly CostRow[], day: CalendarDate): CostRow | undefined =>
  rows.findLast(({ valid_from }) => valid_from <= day);
