import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { money } from '../../../shared/kernel/money.ts';
import { paymentFees } from '../../../shared/ledger/index.ts';
import { authorised, captured, moved, paymentId, placed, started } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { timelineOf } from '../../builders/timeline.ts';

type Settled = Extract<NewFact, { name: 'payment.settled' }>['data'];

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const usd = (amount: number) => ({ amount, currency: 'USD' as const });
const rule = { percent: '1.5', fixed: eur(25), by: 'terms' as const };

const ordered = (feeRule?: typeof rule): NewFact => {
  const fact = placed();
  const payment = { ...fact.data.payment, ...(feeRule === undefined ? {} : { feeRule }) };
  return { ...fact, data: { ...fact.data, payment } };
};
const settled = (over: Partial<Settled> = {}): NewFact => ({
  name: 'payment.settled',
  data: {
    ...{ paymentId, providerReference: 'txn_1', kind: 'payment', settles: 'ch_1', payoutId: 'po_1' },
    ...{ gross: eur(3927), net: eur(3837), fee: eur(90), held: eur(0) },
    ...over,
  },
});
const feesOf = (...facts: NewFact[]) => paymentFees(timelineOf(facts).facts);
const capture = (fee?: number) =>
  captured({ providerReference: 'ch_1', ...(fee === undefined ? {} : { fee: eur(fee) }) });

describe('the fees of an order', () => {
  test('are what was expected beside what the provider charged', () => {
    // 1.5 % of 39.27 EUR is 0.589, rounded 0.59; and 0.25 fixed: 0.84. The settlement says 0.90.
    const [fee] = feesOf(ordered(rule), started(), authorised(), capture(82), settled());
    expect(fee).toMatchObject({
      ...{ reference: 'ch_1', amount: money(3927, 'EUR'), rule, isSettled: true },
      ...{ expected: money(84, 'EUR'), charged: money(90, 'EUR'), difference: money(6, 'EUR') },
    });
  });

  test('are those of the answer to the capture until the provider pays out, and unknown without either', () => {
    expect(feesOf(ordered(rule), started(), authorised(), capture(82))[0]).toMatchObject({
      ...{ isSettled: false, charged: money(82, 'EUR'), difference: money(-2, 'EUR') },
    });
    const [silent] = feesOf(ordered(rule), started(), authorised(), capture());
    expect(silent).toMatchObject({ isSettled: false, expected: money(84, 'EUR') });
    expect(silent).not.toHaveProperty('charged');
    const [unruled] = feesOf(ordered(), started(), authorised(), capture(), settled());
    expect(unruled).toMatchObject({ charged: money(90, 'EUR') });
    expect(unruled).not.toHaveProperty('expected');
    expect(unruled).not.toHaveProperty('difference');
  });

  test('has none for a capture that failed after it was reported, until it is taken again', () => {
    const failed: NewFact = {
      name: 'payment.capture_failed',
      data: { paymentId, providerReference: 'ch_1', amount: eur(3927), code: 'CaptureFailed' },
    };
    const before = [ordered(rule), started(), authorised(), capture(82), failed];
    expect(feesOf(...before)).toEqual([]);
    const again = captured({ providerReference: 'ch_2', fee: eur(82) });
    expect(feesOf(...before, again)).toMatchObject([{ reference: 'ch_2', charged: money(82, 'EUR') }]);
  });

  test('of several lines add up, in the currency of the order', () => {
    // 39.27 EUR were 43.197 USD in two lines at 1.10: fees of 0.55 and 0.44 USD are 0.50 and 0.40 EUR.
    const [fee] = feesOf(
      ...[ordered(rule), started(), authorised(), capture()],
      settled({ gross: eur(2_000), net: usd(2_145), fee: usd(55), held: usd(0) }),
      settled({
        ...{ providerReference: 'txn_2', gross: eur(1_927) },
        ...{ net: usd(2_076), fee: usd(44), held: usd(0) },
      }),
    );
    expect(fee).toMatchObject({ charged: money(90, 'EUR'), difference: money(6, 'EUR') });
  });

  test('are by the rule of the intent that was paid, and without those of refunds and disputes', () => {
    const other = idOf('payment', 2);
    const to = { paymentId: other, provider: 'second', method: 'voucher' };
    const cheap = { percent: '1', by: 'list' as const };
    const [fee, ...more] = feesOf(
      ...[ordered(rule), moved({ to: { ...to, feeRule: cheap } })],
      ...[started({ paymentId: other }), authorised({ paymentId: other })],
      captured({ paymentId: other, providerReference: 'ch_1' }),
      settled({ paymentId: other }),
      settled({
        paymentId: other,
        providerReference: 'txn_2',
        kind: 'refund',
        gross: eur(-500),
        fee: eur(10),
      }),
    );
    expect(more).toEqual([]);
    // 1 % of 39.27 EUR is 0.3927, rounded 0.39.
    expect(fee).toMatchObject({
      ...{ provider: 'second', method: 'voucher', expected: money(39, 'EUR'), charged: money(90, 'EUR') },
    });
  });
});
