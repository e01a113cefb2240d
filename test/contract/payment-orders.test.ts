import { expect, test } from 'vitest';
import { runOrders } from '../payment-orders/run-orders.ts';

/** Enough for every method to come up. `npm run check:payments` runs a thousand. */
const orders = Number(process.env.PAYMENT_ORDERS ?? 120);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_129);

test(
  "whatever goes wrong with payments, every provider's books are ours, and nobody is charged twice",
  async () => {
    const { results, failures } = await runOrders({ orders, seed });
    expect(failures).toEqual([]);
    expect(results).toHaveLength(orders);
    for (const outcome of ['paid', 'returned', 'unpaid'] as const)
      expect(results.some((one) => one.outcome === outcome)).toBe(true);
    expect(results.some(({ isMoved }) => isMoved)).toBe(true);
    expect(results.some(({ isDisputed }) => isDisputed)).toBe(true);
  },
  Math.max(90_000, orders * 500),
);
