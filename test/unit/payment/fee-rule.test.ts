import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedFee, settledFee } from '../../../events/payment-fee.ts';
import { currencies } from '../../../shared/kernel/currency.ts';
import { add, type Money, money, subtract, toJson } from '../../../shared/kernel/money.ts';
import { feeRuleOf } from '../../../shared/payment/fee-rule.ts';
import type { ListFee } from '../../../shared/payment/list-fee.ts';
import { offersFor } from '../../../shared/payment/offers.ts';
import type { OfferedMethod } from '../../../shared/payment/provider.ts';
import '../../property-seed.ts';

const at = { provider: 'first', method: 'card' };
const query = { country: 'DE', currency: 'EUR', today: '2026-11-30' } as const;
const terms = (fee: object, more: object = {}) => ({ provider: 'first', fee, ...more }) as never;
const row = (over: Partial<ListFee>): ListFee => ({
  ...{ sellerIn: ['DE'], percent: '3.25', fixedMinor: { EUR: 25 }, from: '2026-01-01', source: 'its page' },
  ...over,
});
const published = (...rows: ListFee[]) => ({ lists: { first: rows }, sellerIn: 'DE' });

describe('the rule for the fee of a payment', () => {
  test('is that of the first terms for the country, the currency and the day', () => {
    const agreed = [
      terms({ percent: '1', until: '2026-11-29' }),
      terms({ percent: '2', from: '2026-12-01' }),
      terms({ percent: '3' }, { countries: ['FR'] }),
      terms({ percent: '4', currencies: ['USD'] }),
      terms({
        percent: '5',
        from: '2026-11-30',
        until: '2026-11-30',
        fixed: [{ amount: 7, currency: 'EUR' }],
      }),
      terms({ percent: '6' }),
    ];
    const found = feeRuleOf(at, query, agreed, undefined);
    expect(found).toEqual({ rule: { percent: '5', fixed: { amount: 7, currency: 'EUR' }, by: 'terms' } });
    const on = (today: string) => feeRuleOf(at, { ...query, today }, agreed, undefined)?.rule.percent;
    expect([on('2026-11-29'), on('2026-12-01')]).toEqual(['1', '2']);
    expect(feeRuleOf(at, { ...query, country: 'FR' }, agreed.slice(2), undefined)?.rule.percent).toBe('3');
    expect(feeRuleOf(at, { ...query, currency: 'USD' }, agreed.slice(3), undefined)?.rule.percent).toBe('4');
  });

  test('is that of the published list where no terms say it', () => {
    const rows = [
      row({ countries: ['DE'], percent: '1.5', until: '2026-11-29' }),
      row({ countries: ['DE'], percent: '1.6', from: '2026-11-30' }),
      row({ methods: ['pay-later'], percent: '9' }),
      row({ sellerIn: ['US'], percent: '8' }),
      row({}),
    ];
    const listed = (over: object, seat?: string) =>
      feeRuleOf(at, { ...query, ...over }, [], {
        ...published(...rows),
        ...(seat === undefined ? {} : { sellerIn: seat }),
      });
    expect(listed({})).toEqual({
      rule: { percent: '1.6', fixed: { amount: 25, currency: 'EUR' }, by: 'list' },
      source: 'its page',
    });
    expect(listed({ today: '2026-11-29' })?.rule.percent).toBe('1.5');
    expect(listed({ country: 'FR' })?.rule.percent).toBe('3.25');
    expect(listed({}, 'US')?.rule.percent).toBe('8');
    // The page says nothing of other currencies, seats or days.
    expect(listed({ currency: 'USD' })).toBeUndefined();
    expect(listed({}, 'JP')).toBeUndefined();
    expect(listed({ today: '2025-12-31' })).toBeUndefined();
    expect(feeRuleOf(at, query, [terms({ percent: '0.9' })], published(...rows))?.rule.by).toBe('terms');
    expect(feeRuleOf(at, query, [], { lists: { first: rows } })).toBeUndefined();
  });

  test('is with the offer, with its source and the licence', () => {
    const card: OfferedMethod = {
      ...({ method: 'card', flow: 'confirm', captures: 'after-screening', partialCapture: 'once' } as const),
      ...{ authenticates: false, currencies: ['EUR'], reservationMs: 1 },
    };
    const licence = { validUntil: '2027-01-31', number: 'R179715' };
    const [offer] = offersFor(
      [{ code: 'first', methods: [card] }],
      { ...query, amountMinor: 5_000 },
      { terms: [{ provider: 'first', licence }], published: published(row({})) },
    );
    // 3.25 % of 50.00 EUR is 1.625, rounded half up 1.63; and 0.25 fixed.
    expect(offer).toMatchObject({
      ...{ fee: { amountMinor: 188, currency: 'EUR' }, feeSource: 'its page', licence },
      feeRule: { percent: '3.25', fixed: { amount: 25, currency: 'EUR' }, by: 'list' },
    });
    const lapsed = { provider: 'first', licence: { validUntil: '2026-11-29' } };
    const [refused] = offersFor(
      [{ code: 'first', methods: [card] }],
      { ...query, amountMinor: 5_000 },
      { terms: [lapsed], published: published(row({})) },
    );
    expect(refused).toMatchObject({
      refusal: { reason: 'licence-expired' },
      licence: { validUntil: '2026-11-29' },
    });
    expect(refused?.fee).toBeUndefined();
  });
});

describe('the fee of an amount', () => {
  test('is rounded once, half up, before the fixed part', () => {
    const fee = (percent: string, amount: number) =>
      expectedFee({ percent, fixed: { amount: 30, currency: 'USD' } }, money(amount, 'USD')).amountMinor;
    // 2.9 % of 0.50 USD is 1.45 cents; of 10.00 it is 29; 0.05 % of 10.00 is half a cent.
    expect([fee('2.9', 50), fee('2.9', 1_000), fee('0.05', 1_000)]).toEqual([31, 59, 31]);
    expect(expectedFee({ percent: '0' }, money(1, 'JPY'))).toEqual(money(0, 'JPY'));
  });

  test('and the net amount are the gross amount, under any rule', () => {
    const rule = fc.record({ permille: fc.integer({ min: 0, max: 99_999 }), fixed: fc.nat(10_000) });
    const anyCurrency = fc.constantFrom(...currencies);
    fc.assert(
      fc.property(rule, fc.nat(1_000_000_000), anyCurrency, ({ permille, fixed }, amount, currency) => {
        const gross = money(amount, currency);
        const percent = `${Math.floor(permille / 1_000)}.${String(permille % 1_000).padStart(3, '0')}`;
        const fee = expectedFee({ percent, fixed: { amount: fixed, currency } }, gross);
        const line = (of: Money) => toJson(of);
        const net = subtract(gross, fee);
        expect(add(net, fee)).toEqual(gross);
        // The settlement that pays this net amount says this fee.
        const none = toJson(money(0, currency));
        expect(settledFee({ gross: line(gross), net: line(net), fee: line(fee), held: none })).toEqual(fee);
        expect(fee.amountMinor - fixed).toBeGreaterThanOrEqual(0);
        expect(fee.amountMinor - fixed).toBeLessThanOrEqual(gross.amountMinor);
      }),
    );
  });

  test('of a settlement in another currency is converted at the rate of its line', () => {
    const settled = (gross: number, net: number, fee: number, held = 0) =>
      settledFee({
        gross: { amount: gross, currency: 'EUR' },
        net: { amount: net, currency: 'USD' },
        fee: { amount: fee, currency: 'USD' },
        held: { amount: held, currency: 'USD' },
      });
    // 100.00 EUR were 110.00 USD: 104.50 paid, 3.30 kept, 2.20 held. 3.30 / 1.10 = 3.00 EUR.
    expect(settled(10_000, 10_450, 330, 220)).toEqual(money(300, 'EUR'));
    // A refund: money goes back, and a fee of 0.55 USD is given back with it.
    expect(settled(-10_000, -10_945, -55)).toEqual(money(-50, 'EUR'));
    // Nothing moved, or the other way round: there is no rate.
    expect(settled(0, -330, 330)).toBeUndefined();
    expect(settled(10, -330, 10)).toBeUndefined();
  });
});
