import { expect, test } from 'vitest';
import { providerOffers } from '../../shared/payment/providers/offers.ts';
import { printRun } from '../payment-orders/print-run.ts';
import { runOrders } from '../payment-orders/run-orders.ts';

/** Enough for every method and every outcome to come up. */
const FEW = 120;
/** As `npm run check:payments` runs, with a table by method. */
const MANY = 1_000;
const asked = process.env.PAYMENT_ORDERS;
const orders = Number(asked ?? FEW);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_129);
/** The first order, counted from 0, so that one that failed can be run alone. */
const from = Number(process.env.PAYMENT_ORDERS_FROM ?? 0);

test(
  "whatever goes wrong with payments, every provider's books are ours, and nobody is charged twice",
  async () => {
    const onOrder = (done: number) => {
      if (asked !== undefined && done % 100 === 0) console.log(`${done} of ${orders} orders`);
    };
    const result = await runOrders({ orders, seed, from, onOrder });
    if (asked !== undefined) printRun(result, console.log);
    expect(result.failures).toEqual([]);
    expect(result.results).toHaveLength(orders);
    if (orders < FEW) return;
    // Each method of the registry was ordered, at the provider that offers it.
    const ordered = new Set(result.results.map(({ provider, method }) => `${provider} ${method}`));
    const registered = providerOffers.flatMap(({ code, methods }) =>
      methods.map(({ method }) => `${code} ${method}`),
    );
    expect([...new Set(registered)].filter((one) => !ordered.has(one))).toEqual([]);
    // In a large run each of them brought money.
    const paid = new Set(
      result.results
        .filter(({ outcome }) => outcome !== 'unpaid')
        .map(({ provider, method }) => `${provider} ${method}`),
    );
    if (orders >= MANY) expect([...ordered].filter((one) => !paid.has(one))).toEqual([]);
    for (const outcome of ['paid', 'returned', 'unpaid'] as const)
      expect(result.results.some((one) => one.outcome === outcome)).toBe(true);
    expect(result.results.some(({ isMoved }) => isMoved)).toBe(true);
    expect(result.results.some(({ isDisputed }) => isDisputed)).toBe(true);
    if (orders >= MANY) expect(result.results.some(({ isReleased }) => isReleased)).toBe(true);
    expect(result.results.some(({ hasFailedRefund }) => hasFailedRefund)).toBe(true);
    if (orders >= MANY) expect(result.results.some(({ hasFailedCapture }) => hasFailedCapture)).toBe(true);
  },
  Math.max(120_000, orders * 1_000),
);
