/**
 * What one SKU is ordered by: the units to order at the end of a day, at an inventory position. Whole, zero at least.
 */
export type DailyPolicy = (day: number, position: number) => number;

/** A SKU on its way through a simulation. */
export interface StockToSimulate {
  /** Whole units asked for on each day, zero at least. */
  readonly demand: readonly number[];
  /** The first day that is measured; those before run without being counted. */
  readonly measuredFrom: number;
  /** Units on hand before the first day. */
  readonly startStock: number;
  /** Whole days from the n-th order to its receipt, from 0. */
  leadTimeDays(order: number): number;
}

/** What happened on the measured days. */
export interface StockRun {
  readonly days: number;
  readonly demanded: number;
  readonly sold: number;
  /** Days with demand that was not met in full. */
  readonly stockOutDays: number;
  readonly orders: number;
  readonly ordered: number;
  /** The mean of the units on hand at the end of each day. */
  readonly averageStock: number;
}

/**
 * Lets a policy order day by day. A day begins with the receipts that are due, then sells; demand that is not met is
 * lost. Then the policy orders by the position: on hand and on order. An order that is placed on day `d` with a lead
 * time of `n` days can be sold from day `d + n + 1`.
 */
export function simulateStock(sku: StockToSimulate, policy: DailyPolicy): StockRun {
  const due = new Map<number, number>();
  let onHand = sku.startStock;
  let onOrder = 0;
  let placed = 0;
  const run = { days: 0, demanded: 0, sold: 0, stockOutDays: 0, orders: 0, ordered: 0, stockDays: 0 };
  for (const [day, wanted] of sku.demand.entries()) {
    const received = due.get(day) ?? 0;
    onHand += received;
    onOrder -= received;
    const sold = Math.min(onHand, wanted);
    onHand -= sold;
    const ordered = policy(day, onHand + onOrder);
    if (ordered > 0) {
      const arrives = day + 1 + Math.max(0, sku.leadTimeDays(placed));
      due.set(arrives, (due.get(arrives) ?? 0) + ordered);
      onOrder += ordered;
      placed += 1;
    }
    if (day < sku.measuredFrom) continue;
    run.days += 1;
    run.demanded += wanted;
    run.sold += sold;
    run.stockDays += onHand;
    if (sold < wanted) run.stockOutDays += 1;
    if (ordered > 0) run.orders += 1;
    run.ordered += ordered;
  }
  const { stockDays, ...counted } = run;
  return { ...counted, averageStock: run.days === 0 ? 0 : stockDays / run.days };
}
