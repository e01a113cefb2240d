import { describe, expect, test } from 'vitest';
import { orderView } from '../../../shared/order/order-view.ts';
import { noCashFor, withCash } from '../../../shared/payment/cash/index.ts';
import {
  capturePayment,
  checkPayment,
  methodFor,
  methodsWithout,
  refundProblem,
  requestRefund,
  returnMoney,
  startPayment,
} from '../../../shared/payment/index.ts';
import { offersFor } from '../../../shared/payment/offers.ts';
import { blockerOf } from '../../../shared/timeline/index.ts';
import { deliver, untilCashReleased, untilCashSent } from '../../builders/cash-order.ts';
import { cancelled, otherParcelId, parcelId, paymentId, placed, scanned } from '../../builders/facts.ts';
import { consignment, landedCost } from '../../builders/landed-cost.ts';
import { orderId, placedAt, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';

const today = '2026-11-30';
const choice = { providers: ['cash-on-delivery'] };
const carriers = new Map([['easypost', ['standard']]]);
const refusalOf = (
  over: Partial<Parameters<typeof offersFor>[1]>,
  more: Parameters<typeof offersFor>[2] = {},
) =>
  offersFor(
    withCash([], choice),
    { country: 'DE', currency: 'EUR', amountMinor: 5_000, today, ...over },
    { ...choice, ...more },
  )[0]?.refusal;

describe('the offer of cash on delivery', () => {
  test('is made only if the seller names it', () => {
    expect(withCash([], undefined)).toEqual([]);
    expect(withCash([], { providers: ['stripe'] })).toEqual([]);
    for (const named of [
      choice,
      { methods: { 'cash-on-delivery': 'cash-on-delivery' } },
      { terms: [{ provider: 'cash-on-delivery' }] },
    ])
      expect(withCash([], named).map(({ code }) => code)).toEqual(['cash-on-delivery']);
  });

  test.each([
    ['FR', 'EUR', 100_000, undefined],
    ['FR', 'EUR', 100_001, 'above-maximum'],
    ['ES', 'EUR', 99_999, undefined],
    ['ES', 'EUR', 100_000, 'above-maximum'],
    ['JP', 'JPY', 300_000, undefined],
    ['JP', 'JPY', 300_001, 'above-maximum'],
    ['PL', 'EUR', 5_000, 'currency'],
    ['US', 'USD', 5_000, 'country'],
  ] as const)('in %s for %s %i: %s', (country, currency, amountMinor, reason) => {
    expect(refusalOf({ country, currency, amountMinor })?.reason).toBe(reason);
  });

  test('has the lower limit of the terms, and the goods that they refuse', () => {
    const terms = [
      {
        ...{ provider: 'cash-on-delivery', refusedGoods: ['71'] },
        maxAmounts: [{ amount: 20_000, currency: 'EUR' as const }],
      },
    ];
    expect(refusalOf({ amountMinor: 20_000 }, { terms })).toBeUndefined();
    expect(refusalOf({ amountMinor: 20_001 }, { terms })).toEqual({
      ...{ reason: 'above-maximum', detail: 'up to 200.00 EUR' },
    });
    expect(refusalOf({ goods: ['711319'] }, { terms })?.reason).toBe('goods');
  });

  test.each([
    ['the carrier collects with the service', {}, undefined],
    ['it does not with another one', { service: 'economy' }, 'carrier'],
    ['another carrier does not', { carrier: 'walker' }, 'carrier'],
    ['a parcel has two cartons', { packages: [carton(2)] }, 'cartons'],
    ['a parcel has two kinds of carton', { packages: [carton(1), carton(1)] }, 'cartons'],
    ['each parcel is one carton', { packages: [carton(1)] }, undefined],
  ] as const)('where %s', (_, over, reason) => {
    const cost = landedCost({ consignments: [consignment(), consignment(over as object)] });
    expect(noCashFor(cost, carriers)?.reason).toBe(reason);
    const method = methodFor(withCash([], choice), 'cash-on-delivery', cost, {
      ...{ today, choice, cashCarriers: carriers },
    });
    expect(method).toEqual(
      reason === undefined
        ? {
            ...{ method: 'cash-on-delivery', provider: 'cash-on-delivery', reservationMs: 600_000 },
            ...{ isCash: true, captureAt: 'delivery', payerNeeds: ['phone'] },
          }
        : undefined,
    );
  });

  test('is not made under DAP, where the consignee pays the carrier for duty and tax', () => {
    expect(noCashFor(landedCost({ incoterm: 'DAP' }), carriers)?.reason).toBe('incoterm');
    expect(refusalOf({ noCash: { reason: 'incoterm', detail: '' } })?.reason).toBe('incoterm');
  });

  test('is made with the order, and not for one that is placed', () => {
    expect(methodsWithout([], landedCost(), { today, choice, without: [] })).toEqual([]);
  });
});

function carton(count: number) {
  return { count, dimensions: { lengthMm: 1, widthMm: 1, heightMm: 1 }, grossWeightGrams: 1 };
}

/** A harness in which asking any provider is a fault. */
function harnessOf(facts: Parameters<typeof timelineOf>[0]) {
  const harness = createHarness(timelineOf(facts));
  const providerByCode = () => Promise.reject(new Error('a provider was asked'));
  return { ...harness, deps: { ...harness.deps, providerByCode } };
}
const unpaid = placed({
  payment: {
    ...{ paymentId, method: 'cash-on-delivery', provider: 'cash-on-delivery' },
    ...{ isCash: true, captureAt: 'delivery' },
  },
});

describe('an order whose carrier collects the price', () => {
  test('is authorised by its promise, once, and asks the shopper for nothing', async () => {
    const harness = harnessOf([unpaid]);
    const started = await startPayment(harness.deps, orderId);
    expect(started).toMatchObject({ ok: true, value: { nextAction: { type: 'none' } } });
    expect(await startPayment(harness.deps, orderId)).toEqual(started);
    expect(harness.names()).toEqual(['order.placed', 'payment.started', 'payment.authorised']);
  });

  test('is started by the sweeper if its request was cut off', async () => {
    const harness = harnessOf([unpaid]);
    harness.pass(60 * 60_000);
    await checkPayment(harness.deps, orderId, harness.cause);
    expect(harness.names().at(-1)).toBe('payment.authorised');
  });

  test('is sent without money: nothing blocks it, and nothing is captured when it leaves', async () => {
    expect(blockerOf(timelineOf(untilCashReleased()).facts)).toBeUndefined();
    const harness = harnessOf(untilCashSent());
    await capturePayment(harness.deps, orderId, harness.cause);
    expect(harness.names()).not.toContain('payment.captured');
  });

  test('is captured by parcel with the delivery, under the number of its label', () => {
    const once = deliver(untilCashSent(), parcelId);
    const both = deliver(once, otherParcelId);
    const captures = both.filter(({ name }) => name === 'payment.captured').map(({ data }) => data);
    expect(captures).toEqual([
      {
        ...{ paymentId, parcelId, providerReference: 'CASH1', isFinal: false },
        amount: { amount: 3927, currency: 'EUR' },
      },
      {
        ...{ paymentId, parcelId: otherParcelId, providerReference: 'CASH2' },
        amount: { amount: 3451, currency: 'EUR' },
      },
    ]);
    expect(both.at(-1)?.name).toBe('order.delivered');
    expect(orderView(timelineOf(both).facts).payments).toMatchObject([
      { method: 'cash-on-delivery', status: 'captured', captured: { amount: 7378, currency: 'EUR' } },
    ]);
  });

  test('that was refused and is delivered to its sender was not paid', () => {
    const back = scanned({
      ...{ parcelId, status: 'returning', carrierStatus: 'return_to_sender', scanId: 'back-1' },
      scannedAt: '2026-11-25T09:00:00.000Z',
    });
    const facts = deliver([...untilCashSent(), back], parcelId);
    expect(facts.map(({ name }) => name)).not.toContain('payment.captured');
    expect(facts.at(-1)?.name).toBe('parcel.scanned');
  });

  test('that was stopped brings no money, whatever its carrier says', () => {
    const stopped = deliver([...untilCashSent(), cancelled()], parcelId);
    expect(stopped.map(({ name }) => name)).not.toContain('payment.captured');
  });

  test('that is stopped before it leaves is voided, and nothing goes back', async () => {
    const harness = harnessOf(untilCashReleased());
    await harness.timelines.append({
      ...{ timeline: harness.timeline(), facts: [cancelled()], cause: harness.cause, now: placedAt },
    });
    await returnMoney(harness.deps, orderId, harness.cause);
    expect(harness.names().slice(-2)).toEqual(['order.cancelled', 'payment.voided']);
  });

  test('is refunded by a person alone, and the refusal names the field', async () => {
    const harness = harnessOf(deliver(deliver(untilCashSent(), parcelId), otherParcelId));
    const request = {
      requestId: 'key-1',
      operator: 'ada',
      amount: { amountMinor: 500, currency: 'EUR' },
    } as const;
    expect(await requestRefund(harness.deps, orderId, request)).toEqual({
      ...{ ok: false, error: { reason: 'paid-in-cash' } },
    });
    expect(refundProblem({ reason: 'paid-in-cash' })).toMatchObject({
      ...{ status: 422, code: 'paid-in-cash', errors: [{ pointer: '/by' }] },
    });
    const byHand = { ...request, requestId: 'key-2', by: 'bank-transfer' } as const;
    expect(await requestRefund(harness.deps, orderId, byHand)).toMatchObject({ ok: true });
  });
});
