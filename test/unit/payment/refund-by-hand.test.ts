import { describe, expect, test } from 'vitest';
import { dayMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { headOf, orderView } from '../../../shared/order/index.ts';
import {
  confirmRefund,
  refundProblem,
  refundStepIn,
  requestRefund,
  returnMoney,
} from '../../../shared/payment/index.ts';
import { cancelled, refundFailed, refundRequested, total, untilPaid } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';

const WINDOW_DAYS = 180;
const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' as const });

function paidOrder(...more: Parameters<typeof timelineOf>[0][number][]) {
  const harness = createHarness(timelineOf([...untilPaid(), ...more]));
  const deps = { ...harness.deps, refundWindowDays: () => WINDOW_DAYS };
  const request = (over: Partial<Parameters<typeof requestRefund>[2]> = {}) =>
    requestRefund(deps, orderId, { requestId: 'key-1', operator: 'ada', ...over });
  const confirm = (refundId: string) =>
    confirmRefund(deps, orderId, { refundId, reference: 'SEPA-1', operator: 'ada' });
  const balance = (account: string) =>
    harness.timelines.journals
      .flatMap(({ postings }) => postings)
      .reduce((all, one) => (one.account === account ? all + one.amount.amountMinor : all), 0);
  return { harness, request, confirm, balance, settle: () => returnMoney(deps, orderId, harness.cause) };
}

async function refundIdOf(asked: ReturnType<ReturnType<typeof paidOrder>['request']>): Promise<string> {
  const outcome = await asked;
  if (!outcome.ok) throw new Error(outcome.error.reason);
  return outcome.value.refundId ?? '';
}

describe('a refund after the window of the provider', () => {
  test('is refused, and the answer names the other ways', async () => {
    const { harness, request } = paidOrder();
    // The capture is the fifth fact, four seconds after the order; the harness stands a minute after it.
    harness.pass(WINDOW_DAYS * dayMs - 60_000 + 4_000);
    const refused = await request({ amount: eur(100) });
    expect(refused).toEqual({ ok: false, error: { reason: 'window-over', days: WINDOW_DAYS } });
    expect(refundProblem({ reason: 'window-over', days: WINDOW_DAYS })).toMatchObject({
      ...{ status: 422, errors: [{ pointer: '/by' }] },
    });
  });

  test('is taken a millisecond before its end', async () => {
    const { harness, request } = paidOrder();
    harness.pass(WINDOW_DAYS * dayMs - 60_000 + 3_999);
    expect(await request({ amount: eur(100) })).toMatchObject({ ok: true });
  });
});

describe('a refund of an amount that the provider does not take', () => {
  const inWholeUnits = () => {
    const { harness } = paidOrder();
    const deps = { ...harness.deps, refundStep: () => 100 };
    return (over: Partial<Parameters<typeof requestRefund>[2]>) =>
      requestRefund(deps, orderId, { requestId: 'key-1', operator: 'ada', ...over });
  };
  const digits = { reason: 'amount-digits', step: eur(100) } as const;

  test('is refused before anything is written, and the answer names the step', async () => {
    const ask = inWholeUnits();
    expect(await ask({ amount: eur(1050) })).toEqual({ ok: false, error: digits });
    expect(refundProblem(digits)).toMatchObject({
      ...{ status: 422, code: 'amount-digits', errors: [{ pointer: '/amount', code: 'amount-digits' }] },
      detail: expect.stringContaining('1.00 EUR'),
    });
    expect(await ask({ amount: eur(1000) })).toMatchObject({ ok: true });
  });

  test('is taken where a person returns it', async () => {
    expect(await inWholeUnits()({ amount: eur(1050), by: 'bank-transfer' })).toMatchObject({ ok: true });
  });

  test('is known from the table of methods: whole rupiah at one provider, two places at another', () => {
    const place = { flow: 'qr', captures: 'at-once', partialCapture: 'none', authenticates: true } as const;
    const method = { method: 'code', ...place, reservationMs: 1, currencies: ['IDR', 'PHP'] as const };
    const step = refundStepIn([
      { code: 'whole', methods: [{ ...method, digits: { IDR: 0 } }] },
      { code: 'exact', methods: [method] },
    ]);
    const of = (provider: string) => ({ provider, method: 'code' });
    expect([step(of('whole'), 'IDR'), step(of('whole'), 'PHP'), step(of('exact'), 'IDR')]).toEqual([
      100, 1, 1,
    ]);
  });
});

describe('a refund that a person makes', () => {
  test.each(['bank-transfer', 'store-credit'] as const)(
    'by %s asks no provider, wants attention until it is confirmed, and has a row of its own',
    async (by) => {
      const { harness, request, confirm, balance, settle } = paidOrder();
      const refundId = await refundIdOf(request({ amount: eur(1000), by }));
      await settle();
      expect(harness.provider.done.refunds).toBe(0);
      expect(headOf(harness.facts()).attention).toMatchObject([{ reason: 'refund by hand', stops: false }]);
      expect(deadlinesOf(harness.facts()).filter(({ step }) => step === 'refund')).toEqual([]);

      expect(await confirm(refundId)).toEqual({ ok: true, value: eur(1000) });
      expect(await confirm(refundId)).toEqual({ ok: true, value: eur(1000) });
      expect(harness.names().filter((name) => name === 'refund.paid')).toHaveLength(1);
      expect(headOf(harness.facts()).attention).toEqual([]);
      expect(balance(`refunds-by-hand:${by}`)).toBe(-1000);
      // The provider still owes all that it took.
      expect(balance('provider-clearing:stripe')).toBe(total.amount);
      expect(orderView(harness.facts()).payments[0]).toMatchObject({
        ...{ status: 'partially_refunded', refunded: { amount: 1000, currency: 'EUR' } },
      });
    },
  );

  test('is never above what was captured, together with refunds of the provider', async () => {
    const { request } = paidOrder();
    await request({ amount: eur(1000) });
    const most = total.amount - 1000;
    expect(await request({ requestId: 'key-2', amount: eur(most + 1), by: 'bank-transfer' })).toMatchObject({
      ...{ ok: false, error: { reason: 'more-than-is-left', left: eur(most) } },
    });
  });

  test('pays the debt of a stopped order whose refund failed', async () => {
    const failed = [refundRequested(), refundFailed()];
    const { harness, request, confirm, balance } = paidOrder(cancelled(), ...failed);
    expect(headOf(harness.facts()).attention).toMatchObject([{ reason: 'refund failed' }]);
    const refundId = await refundIdOf(request({ by: 'bank-transfer' }));
    await confirm(refundId);
    expect(headOf(harness.facts()).attention).toEqual([]);
    expect(deadlinesOf(harness.facts()).filter(({ key }) => key === 'money')).toEqual([]);
    expect(balance('customer-deposits')).toBe(0);
  });

  test('with another id, or of the provider, can not be confirmed', async () => {
    const { request, confirm } = paidOrder();
    const refundId = await refundIdOf(request({ amount: eur(1000) }));
    for (const id of [refundId, idOf('refund', 99)])
      expect(await confirm(id)).toEqual({ ok: false, error: 'refund-unknown' });
  });

  test('is another request than the same refund of the provider', async () => {
    const { request } = paidOrder();
    await request({ amount: eur(1000) });
    expect(await request({ amount: eur(1000), by: 'store-credit' })).toMatchObject({
      ...{ ok: false, error: { reason: 'request-reused' } },
    });
  });
});
