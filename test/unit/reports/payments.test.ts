import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { payments } from '../../../shared/reports/payments/payments.ts';
import { authorised, captured, failed, moved, paymentId, started } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { type MadeUpLake, madeUpLake } from '../../fakes/made-up-lake.ts';
import { askedReport, eur, rowsOf } from './asked-report.ts';

let lake: MadeUpLake;
beforeEach(async () => {
  lake = await madeUpLake();
});
afterEach(() => lake.close());

const berlin = { period: '2026-11-28', timeZone: 'Europe/Berlin' };
const at = '2026-11-28T10:00:00.000Z';
/** 00:30 of 28 November in Berlin, 27 November in UTC. */
const early = '2026-11-27T23:30:00.000Z';
const other = idOf('payment', 2);

let number = 0;
const order = (
  of: { country: string; at?: string; storefrontId?: string; currency?: 'EUR' | 'USD' },
  ...facts: NewFact[]
) => {
  number += 1;
  const { at: when = at, ...priced } = of;
  return orderRecords(number, { at: when, facts: [pricedOrder({ goods: 100, ...priced }), ...facts] });
};
const toSecond = moved({ to: { paymentId: other, provider: 'second', method: 'card' } });
const none = { declined: 0, noAnswer: 0, refused: 0, notSetUp: 0, chosen: 0 };

describe('the payments of a day', () => {
  it('count one failure of the provider that was out, and one success of the next one', async () => {
    await lake.load([
      // Germany: one order is paid at once, another by the second provider because the first was out.
      ...order({ country: 'DE' }, ...paid(100)),
      ...order({ country: 'DE' }, toSecond, started({ paymentId: other }), authorised({ paymentId: other })),
      // The payment moves back to the first intent, which was paid after all.
      ...order(
        { country: 'FR', at: early },
        ...[toSecond, moved({ paymentId: other, provider: 'second', reason: 'paid', to: own() })],
        authorised(),
      ),
      // Declined twice at the first provider and once by voucher, and never paid.
      ...order(
        { country: 'FR', storefrontId: 'outlet', currency: 'USD' },
        ...[started(), failed(), failed({ callbackId: 'evt_2' })],
        moved({ reason: 'chosen', to: { paymentId: other, provider: 'second', method: 'voucher' } }),
        failed({ paymentId: other }),
      ),
    ]);

    const day = await askedReport(payments, lake, berlin);

    expect(rowsOf(day, 'by-market')).toEqual([
      {
        ...{ market: 'DE', method: 'card', provider: 'second', tried: 1, paid: 1, success: 1, ...none },
      },
      {
        ...{ market: 'DE', method: 'card', provider: 'stripe', tried: 2, paid: 1, success: 1 / 2 },
        ...{ ...none, noAnswer: 1 },
      },
      { market: 'FR', method: 'card', provider: 'second', tried: 1, paid: 0, success: 0, ...none },
      {
        ...{ market: 'FR', method: 'card', provider: 'stripe', tried: 2, paid: 1, success: 1 / 2 },
        ...{ ...none, declined: 2, noAnswer: 1, chosen: 1 },
      },
      {
        ...{ market: 'FR', method: 'voucher', provider: 'second', tried: 1, paid: 0, success: 0 },
        ...{ ...none, declined: 1 },
      },
    ]);
    // Stripe: 4 tries, 2 paid; the other one: 3 tries, 1 paid.
    expect(rowsOf(day, 'by-provider')).toMatchObject([
      { provider: 'second', tried: 3, paid: 1, success: 1 / 3 },
      { provider: 'stripe', tried: 4, paid: 2, success: 1 / 2, noAnswer: 2 },
    ]);
    const outlet = await askedReport(payments, lake, { ...berlin, storefrontId: 'outlet' });
    expect(rowsOf(outlet, 'by-method').map(({ tried }) => tried)).toEqual([1, 1]);
  });

  it('are none of an empty lake', async () => {
    expect(rowsOf(await askedReport(payments, lake, berlin), 'by-provider')).toEqual([]);
  });
});

describe('the fees of a day', () => {
  type Settled = Extract<NewFact, { name: 'payment.settled' }>['data'];
  const eurJson = (amount: number) => ({ amount, currency: 'EUR' as const });
  const rule = { percent: '1.5', fixed: eurJson(25), by: 'terms' as const };
  const placedAs = (goods: number, feeRule?: typeof rule, currency: 'EUR' | 'USD' = 'EUR'): NewFact => {
    const fact = pricedOrder({ goods, currency, country: 'DE' });
    const payment = { ...fact.data.payment, ...(feeRule === undefined ? {} : { feeRule }) };
    return { ...fact, data: { ...fact.data, payment } };
  };
  const capture = (amount: number, fee?: number, currency: 'EUR' | 'USD' = 'EUR') =>
    captured({
      ...{ amount: { amount, currency }, providerReference: 'ch_1' },
      ...(fee === undefined ? {} : { fee: { amount: fee, currency } }),
    });
  const settled = (amount: number, fee: number, over: Partial<Settled> = {}): NewFact => ({
    name: 'payment.settled',
    data: {
      ...{ paymentId, providerReference: 'txn_1', kind: 'payment', settles: 'ch_1', payoutId: 'po_1' },
      ...{ gross: eurJson(amount), net: eurJson(amount - fee), fee: eurJson(fee), held: eurJson(0) },
      ...over,
    },
  });
  const at = '2026-11-28T10:00:00.000Z';
  const load = (...orders: NewFact[][]) =>
    lake.load(orders.flatMap((facts, index) => orderRecords(60 + index, { at, facts })));

  it('are expected and charged, by market, method, provider and currency', async () => {
    await load(
      // 1.5 % of 50.33 is 0.75495, rounded 0.75; and 0.25: 1.00. The provider charged 1.10.
      [placedAs(5_033, rule), started(), authorised(), capture(5_033), settled(5_033, 110)],
      // 1.5 % of 10.00 is 0.15; and 0.25: 0.40. Its answer says 0.35, and nothing is paid out.
      [placedAs(1_000, rule), started(), authorised(), capture(1_000, 35)],
      // 0.15 and 0.25, and the provider has said nothing.
      [placedAs(1_000, rule), started(), authorised(), capture(1_000)],
      // No terms and no list said the fee: 0.20 was charged.
      [placedAs(1_000), started(), authorised(), capture(1_000), settled(1_000, 20)],
      // Another currency is a row of its own.
      [placedAs(2_000, undefined, 'USD'), started(), authorised(), capture(2_000, undefined, 'USD')],
    );

    const day = await askedReport(payments, lake, { period: '2026-11-28' });

    const one = { market: 'DE', method: 'card', provider: 'stripe' };
    expect(rowsOf(day, 'fees')).toEqual([
      {
        ...{ ...one, currency: 'EUR', captures: 4, settled: 2, unknown: 1, amount: eur(8_033) },
        // 1.00 + 0.40 + 0.40; 1.10 + 0.35 + 0.20; 0.10 - 0.05 of the two captures that have both.
        ...{ expected: eur(180), charged: eur(165), difference: eur(5), share: null },
      },
      {
        ...{ ...one, currency: 'USD', captures: 1, settled: 0, unknown: 1 },
        amount: { amountMinor: 2_000, currency: 'USD' },
        ...{ expected: null, charged: null, difference: null, share: null },
      },
    ]);
  });

  it('are by the rule of the intent that was paid', async () => {
    const to = { paymentId: other, provider: 'second', method: 'voucher' };
    await load([
      placedAs(1_000, rule),
      moved({ to: { ...to, feeRule: { percent: '4', by: 'list' } } }),
      ...[started({ paymentId: other }), authorised({ paymentId: other })],
      captured({ paymentId: other, amount: eurJson(1_000), providerReference: 'ch_1' }),
      settled(1_000, 41, { paymentId: other }),
    ]);
    const day = await askedReport(payments, lake, { period: '2026-11-28' });
    // 4 % of 10.00.
    expect(rowsOf(day, 'fees')).toMatchObject([
      {
        ...{ method: 'voucher', provider: 'second', expected: eur(40), charged: eur(41), difference: eur(1) },
        share: 41 / 1_000,
      },
    ]);
  });
});

const own = () => ({ paymentId, provider: 'stripe', method: 'card' });
