import { describe, expect, test } from 'vitest';
import { money } from '../../../shared/kernel/money.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { orderOf } from '../../../shared/order/order.ts';
import { orderView } from '../../../shared/order/order-view.ts';
import { capturePayment, checkPayment, returnMoney, startPayment } from '../../../shared/payment/index.ts';
import { providerOf } from '../../../shared/payment/nothing-to-collect.ts';
import { requestRefund } from '../../../shared/payment/request-refund.ts';
import { blockerOf } from '../../../shared/timeline/index.ts';
import { cancelled, placed, released } from '../../builders/facts.ts';
import { charge, consignment, landedCost } from '../../builders/landed-cost.ts';
import { orderId, placedAt, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';

const nothing = { amount: 0, currency: 'EUR' } as const;
const cost = landedCost({ consignments: [consignment({ charges: [charge({ amount: nothing })] })] });
const paymentId = placed().data.payment.paymentId;
const free = placed({ landedCost: cost, payment: { paymentId, method: 'none', provider: 'none' } });

/** A harness in which asking any provider is a fault. */
function harnessOf(...more: Parameters<typeof timelineOf>[0]) {
  const harness = createHarness(timelineOf([free, ...more]));
  const providerByCode = () => Promise.reject(new Error('a provider was asked'));
  return { ...harness, deps: { ...harness.deps, providerByCode } };
}
type FreeHarness = ReturnType<typeof harnessOf>;

const release = async ({ timelines, timeline, cause }: FreeHarness) =>
  timelines.append({ timeline: timeline(), facts: [released()], cause, now: placedAt });
const stop = async ({ timelines, timeline, cause }: FreeHarness) =>
  timelines.append({ timeline: timeline(), facts: [cancelled()], cause, now: placedAt });
const keysOf = ({ facts }: FreeHarness) => deadlinesOf(facts()).map(({ key }) => key);

test('the total of the order is zero', () => {
  expect(cost.totals.total).toEqual(nothing);
});

describe('an order of which nothing is to be paid', () => {
  test('is authorised when it is started, once, and asks the shopper for nothing', async () => {
    const harness = harnessOf();
    const first = await startPayment(harness.deps, orderId);
    expect(first).toEqual({
      ok: true,
      value: { paymentId, method: 'none', provider: 'none', nextAction: { type: 'none' } },
    });
    expect(await startPayment(harness.deps, orderId)).toEqual(first);
    expect(harness.names()).toEqual(['order.placed', 'payment.started', 'payment.authorised']);
    expect(keysOf(harness)).toContain('screening');
  });

  test('is paid by nothing once it is released, and nothing blocks it', async () => {
    const harness = harnessOf();
    await startPayment(harness.deps, orderId);
    await capturePayment(harness.deps, orderId, harness.cause);
    expect(harness.names()).not.toContain('payment.captured');
    await release(harness);
    expect(blockerOf(harness.facts())).toBe('unpaid');
    await capturePayment(harness.deps, orderId, harness.cause);
    await capturePayment(harness.deps, orderId, harness.cause);
    expect(harness.names().filter((name) => name === 'payment.captured')).toHaveLength(1);
    expect(blockerOf(harness.facts())).toBeUndefined();
    expect(orderOf(harness.facts())).toMatchObject({ status: 'paid', paid: true });
    expect(orderView(harness.facts()).payments).toMatchObject([{ status: 'captured', captured: nothing }]);
  });

  test('goes on by itself if the request that placed it was cut off', async () => {
    const harness = harnessOf();
    harness.pass(60 * 60_000);
    await checkPayment(harness.deps, orderId, harness.cause);
    expect(harness.names()).toEqual(['order.placed', 'payment.started', 'payment.authorised']);
  });

  test('that is stopped before its capture waits for no money', async () => {
    const harness = harnessOf();
    await startPayment(harness.deps, orderId);
    await stop(harness);
    expect(keysOf(harness)).toContain('money');
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(harness.names().at(-1)).toBe('payment.voided');
    expect(keysOf(harness)).not.toContain('money');
  });

  test('that is stopped after its capture is refunded nothing, and waits for no money', async () => {
    const harness = harnessOf();
    await startPayment(harness.deps, orderId);
    await release(harness);
    await capturePayment(harness.deps, orderId, harness.cause);
    await stop(harness);
    const before = harness.names();
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(harness.names()).toEqual(before);
    expect(keysOf(harness)).not.toContain('money');
  });

  test('has nothing that an operator could refund', async () => {
    const harness = harnessOf();
    await startPayment(harness.deps, orderId);
    await release(harness);
    await capturePayment(harness.deps, orderId, harness.cause);
    const request = { requestId: 'request-1', operator: 'operator-1' };
    expect(await requestRefund(harness.deps, orderId, request)).toMatchObject({
      error: { reason: 'nothing-captured' },
    });
  });
});

test('an amount is never collected by nobody', async () => {
  const { deps } = harnessOf();
  const provider = await providerOf(deps, 'none');
  const command = {
    ...{ orderId, paymentId, method: 'none', country: 'DE', amount: money(1, 'EUR') },
    payableUntil: placedAt,
  } as const;
  await expect(provider.start(placedAt, command)).rejects.toThrow('paid at a provider');
});
