import { describe, expect, test } from 'vitest';
import { money } from '../../../shared/kernel/money.ts';
import { headOf } from '../../../shared/order/index.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import { receivePaymentCallback, returnMoney } from '../../../shared/payment/index.ts';
import type { BoundPaymentProvider, PaymentUpdate } from '../../../shared/payment/provider.ts';
import {
  cancelled,
  expired,
  paymentId,
  placed,
  refundPaid,
  refundRequested,
  total,
  untilReleased,
  untilStarted,
  voided,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { callbackBody } from '../../fakes/payment-provider.ts';

const part = { amount: 500, currency: 'EUR' } as const;
const elsewhere = { paymentId, method: 'card', provider: 'adyen' };

const paymentUpdate = (harness: Harness, over: Partial<Extract<PaymentUpdate, { kind: 'payment' }>> = {}) =>
  ({
    ...{ kind: 'payment', orderId, paymentId: idOf('payment', 1), payment: harness.provider.payment() },
    ...over,
  }) satisfies PaymentUpdate;

const call = (harness: Harness, update: PaymentUpdate, callbackId = 'evt_1') =>
  receivePaymentCallback(harness.deps, { code: 'stripe', callbackId, rawBody: callbackBody(update) });

describe('a payment callback', () => {
  test('becomes a fact that names the callback as its cause', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    harness.provider.pay('authorised');
    await call(harness, paymentUpdate(harness));
    expect(harness.names().at(-1)).toBe('payment.authorised');
    expect(harness.facts().at(-1)?.cause).toEqual({ by: 'partner', reference: 'evt_1' });
  });

  test('changes nothing if it is repeated', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    harness.provider.pay('authorised');
    await call(harness, paymentUpdate(harness));
    await call(harness, paymentUpdate(harness));
    await call(harness, paymentUpdate(harness), 'evt_2');
    expect(harness.names()).toHaveLength(3);
  });

  test('for an unknown order is reported and dropped', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    harness.provider.pay('authorised');
    await call(harness, paymentUpdate(harness, { orderId: idOf('order', 9) }));
    expect(harness.notices).toEqual([
      {
        code: 'callback-without-order',
        detail: { partner: 'stripe', orderId: idOf('order', 9), callbackId: 'evt_1' },
      },
    ]);
  });

  test('about another payment than the order’s is ignored', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    harness.provider.pay('authorised');
    await call(harness, paymentUpdate(harness, { paymentId: idOf('payment', 9) }));
    expect(harness.names()).toHaveLength(2);
    expect(harness.notices.map(({ code }) => code)).toEqual(['callback-without-order']);
  });

  test('of another provider than the order’s is ignored', async () => {
    const harness = createHarness(timelineOf([placed({ payment: elsewhere })]));
    harness.provider.pay('captured');
    await call(harness, paymentUpdate(harness));
    expect(harness.names()).toEqual(['order.placed']);
    expect(harness.notices.map(({ code }) => code)).toEqual(['callback-without-order']);
  });

  test('with an unknown word is reported, and its meaning is not guessed', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    await call(harness, { kind: 'unrecognised', word: 'payment_intent.blessed' });
    expect(harness.names()).toHaveLength(2);
    expect(harness.notices).toEqual([
      {
        code: 'partner-word-unrecognised',
        detail: { partner: 'stripe', word: 'payment_intent.blessed', callbackId: 'evt_1' },
      },
    ]);
  });

  test('that only names an object is looked up, and each thing found counts', async () => {
    const harness = createHarness(timelineOf([...untilReleased(), refundRequested({ amount: part })]));
    harness.provider.pay('captured');
    const asked: string[] = [];
    const refund = {
      ...{ refundId: idOf('refund', 1), providerReference: 're_7', amount: money(500, 'EUR') },
      status: 'paid',
    } as const;
    const lookUp: BoundPaymentProvider['lookUp'] = async (_now, { reference }) => {
      asked.push(reference);
      return [
        paymentUpdate(harness),
        { kind: 'ignored', word: 'seen' },
        { kind: 'refund', orderId, paymentId, refund },
      ];
    };
    Object.assign(harness.provider, { lookUp });
    await call(harness, { kind: 'look-up', reference: 'payments/7' });
    expect(asked).toEqual(['payments/7']);
    expect(harness.names().slice(-2)).toEqual(['payment.captured', 'refund.paid']);
  });

  test('that only names an object fails, and comes again, while the provider gives no answer', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    const lookUp = () => Promise.reject(new PartnerUnavailable('fake', 'no answer'));
    Object.assign(harness.provider, { lookUp });
    await expect(call(harness, { kind: 'look-up', reference: '7' })).rejects.toBeInstanceOf(
      PartnerUnavailable,
    );
    expect(harness.names()).toHaveLength(2);
  });

  test('of an ignored type is not reported', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    await call(harness, { kind: 'ignored', word: 'payment_intent.created' });
    expect(harness.notices).toEqual([]);
  });
});

describe('a callback after the order was cancelled', () => {
  test('records and voids an authorisation', async () => {
    const harness = createHarness(timelineOf([...untilStarted(), cancelled()]));
    harness.provider.pay('authorised');
    await call(harness, paymentUpdate(harness));
    expect(harness.names().slice(3)).toEqual(['payment.authorised', 'payment.voided']);
  });

  test('voids an authorisation again of an intent that was taken for void, and records nothing', async () => {
    const harness = createHarness(timelineOf([...untilStarted(), voided(), expired()]));
    harness.provider.pay('authorised');
    const update = paymentUpdate(harness);
    await call(harness, update);
    await call(harness, update, 'evt_2');
    expect(harness.names()).toHaveLength(4);
    expect(harness.provider.done.voids).toBe(1);
    expect(harness.provider.payment().status).toBe('voided');
  });

  test('records and refunds a capture of an intent that was voided before', async () => {
    const harness = createHarness(timelineOf([...untilStarted(), voided(), expired()]));
    harness.provider.pay('captured');
    await call(harness, paymentUpdate(harness));
    expect(harness.names().slice(4)).toEqual(['payment.captured', 'refund.requested', 'refund.paid']);
  });

  test('records and fully refunds a capture', async () => {
    const harness = createHarness(timelineOf([...untilReleased(), cancelled()]));
    harness.provider.pay('captured');
    await call(harness, paymentUpdate(harness));
    expect(harness.names().slice(5)).toEqual(['payment.captured', 'refund.requested', 'refund.paid']);
    expect(harness.provider.done.refunds).toBe(1);
    expect(harness.timelines.headOf(orderId)?.dueAt).toBeUndefined();
  });

  test('repeats the void or refund if the provider did not answer the first time', async () => {
    const harness = createHarness(timelineOf([...untilReleased(), cancelled()]));
    harness.provider.pay('captured');
    harness.provider.breakNext('refund', 'after');
    await expect(call(harness, paymentUpdate(harness))).rejects.toBeInstanceOf(PartnerUnavailable);
    await call(harness, paymentUpdate(harness));
    expect(harness.names().slice(5)).toEqual(['payment.captured', 'refund.requested', 'refund.paid']);
    expect(harness.provider.done.refunds).toBe(1);
  });
});

test('the callback about a refund settles the refund', async () => {
  const harness = createHarness(timelineOf([...untilReleased(), cancelled()]));
  harness.provider.pay('captured');
  harness.provider.refundsAnswer('pending');
  await call(harness, paymentUpdate(harness));
  expect(harness.names().at(-1)).toBe('refund.requested');
  const refundId = idOf('refund', 100);
  const refund = harness.provider.settleRefund(refundId, 'paid');
  await call(harness, { kind: 'refund', orderId, paymentId: idOf('payment', 1), refund }, 'evt_2');
  await call(harness, { kind: 'refund', orderId, paymentId: idOf('payment', 1), refund }, 'evt_3');
  expect(harness.names().slice(6)).toEqual(['refund.requested', 'refund.paid']);
  expect(harness.facts().at(-1)?.data).toMatchObject({
    amount: { amount: 3927, currency: money(1, 'EUR').currency },
  });
});

test.each([
  ['two calls', []],
  ['the answer, then two calls', ['answer']],
] as const)('a refund that failed is one fact and one reason: %s', async (_, steps) => {
  const harness = createHarness(timelineOf([...untilReleased(), cancelled()]));
  harness.provider.pay('captured');
  harness.provider.refundsAnswer(steps.length > 0 ? 'failed' : 'pending');
  await call(harness, paymentUpdate(harness));
  const refundId = idOf('refund', 100);
  const refund = { ...harness.provider.settleRefund(refundId, 'failed'), failureCode: 'expired_card' };
  const update = { kind: 'refund', orderId, paymentId, refund } as const;
  await Promise.all([call(harness, update, 'evt_2'), call(harness, update, 'evt_3')]);
  await call(harness, update, 'evt_4');
  await returnMoney(harness.deps, orderId, harness.cause);
  expect(harness.names().slice(6)).toEqual(['refund.requested', 'refund.failed']);
  expect(headOf(harness.facts()).attention).toMatchObject([{ reason: 'refund failed' }]);
  const paid = { refundId: idOf('refund', 2), amount: total } as const;
  const facts = [refundRequested(paid), refundPaid(paid)];
  expect(headOf(timelineOf([...harness.facts(), ...facts]).facts).attention).toEqual([]);
});
