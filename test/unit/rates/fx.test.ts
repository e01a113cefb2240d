import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../../shared/kernel/money.ts';
import { customsRateFor } from '../../../shared/rates/customs-rate.ts';
import {
  areYetToCome,
  type ExchangeRates,
  exchangeRatesSchema,
} from '../../../shared/rates/exchange-rates.ts';
import { convertAmount, convertPrice, type FxLock, lockRates } from '../../../shared/rates/fx-lock.ts';

const rates = exchangeRatesSchema.parse({
  id: 'ecb-2026-11-20',
  base: 'EUR',
  date: '2026-11-20',
  source: 'ECB',
  rates: { USD: '1.1580', GBP: '0.8790', JPY: '180.0000', BHD: '0.4366' },
});

function locked(over: Partial<ExchangeRates> = {}, spreadBasisPoints?: number): FxLock {
  const lock = lockRates(
    { ...rates, ...over },
    { now: '2026-11-23T10:00:00.000Z', lifetimeMs: 1_800_000, spreadBasisPoints },
  );
  if (!lock.ok) throw new Error(lock.error.detail);
  return lock.value;
}

describe('a locked exchange rate', () => {
  it('is valid as long as the quote, with its id, day, source and spread', () => {
    expect(locked()).toEqual({
      id: 'ecb-2026-11-20',
      base: 'EUR',
      rates: rates.rates,
      date: '2026-11-20',
      source: 'ECB',
      spreadBasisPoints: 0,
      lockedAt: '2026-11-23T10:00:00.000Z',
      expiresAt: '2026-11-23T10:30:00.000Z',
    });
    expect(locked({}, 150).spreadBasisPoints).toBe(150);
    expect(locked({ spreadBasisPoints: 25 }, 150).spreadBasisPoints).toBe(25);
  });

  it('is refused by name from the fifth day after the day of the table', () => {
    const lock = (now: string, over: Partial<ExchangeRates> = {}) =>
      lockRates({ ...rates, ...over }, { now, lifetimeMs: 1 });
    // Published on a Friday: good over the weekend and the two days after it.
    expect(lock('2026-11-24T23:59:59.999Z').ok).toBe(true);
    expect(lock('2026-11-25T00:00:00.000Z')).toMatchObject({
      ok: false,
      error: { reason: 'stale-rates', detail: expect.stringContaining('2026-11-20') },
    });
    const expiresAt = '2026-11-23T17:00:00.000Z';
    expect(lock('2026-11-23T16:59:59.999Z', { expiresAt }).ok).toBe(true);
    expect(lock('2026-11-23T17:00:00.000Z', { expiresAt }).ok).toBe(false);
  });

  it('converts prices with the spread, and all other amounts without it', () => {
    const lock = locked({}, 200);
    // 11.99 x 180 x 1.02 = 2201.364
    expect(convertPrice(lock, money(1199, 'EUR'), 'JPY')).toEqual(money(2201, 'JPY'));
    expect(convertAmount(lock, money(1199, 'EUR'), 'JPY')).toEqual(money(2158, 'JPY'));
    // Through the base: 100.00 / 0.8790 x 1.1580 = 131.7406...; with the spread 134.3754...
    expect(convertAmount(lock, money(10_000, 'GBP'), 'USD')).toEqual(money(13_174, 'USD'));
    expect(convertPrice(lock, money(10_000, 'GBP'), 'USD')).toEqual(money(13_438, 'USD'));
    // Three digits: 10.00 x 0.4366 = 4.366.
    expect(convertAmount(lock, money(1_000, 'EUR'), 'BHD')).toEqual(money(4_366, 'BHD'));
    expect(convertPrice(lock, money(1_000, 'EUR'), 'CHF')).toBeUndefined();
    expect(convertPrice(lock, money(1_000, 'CHF'), 'CHF')).toEqual(money(1_000, 'CHF'));
  });

  it('converts an amount to a finer currency and back without a difference', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (amountMinor) => {
        const lock = locked();
        const there = convertAmount(lock, money(amountMinor, 'EUR'), 'BHD');
        expect(there && convertAmount(lock, there, 'EUR')).toEqual(money(amountMinor, 'EUR'));
      }),
    );
  });
});

describe('a table of exchange rates', () => {
  const issues = (over: object) => exchangeRatesSchema.safeParse({ ...rates, ...over }).success;

  it('is daily, or monthly with its month', () => {
    expect(issues({ kind: 'daily' })).toBe(true);
    expect(issues({ kind: 'hmrc-month', month: '2026-11' })).toBe(true);
    expect(issues({ kind: 'hmrc-month' })).toBe(false);
    expect(issues({ month: '2026-11' })).toBe(false);
    expect(issues({ kind: 'hmrc-month', month: '2026-13' })).toBe(false);
  });

  it('is refused if its day has not begun anywhere; a monthly table may come before its month', () => {
    const now = '2026-11-23T10:00:00.000Z';
    const at = (date: string, month?: string) =>
      areYetToCome({ ...rates, date, ...(month === undefined ? {} : { kind: 'hmrc-month', month }) }, now);
    expect([at('2026-11-23'), at('2026-11-24'), at('2026-11-25')]).toEqual([false, false, true]);
    expect(at('2026-12-01', '2026-12')).toBe(false);
  });

  it('has rates above zero for known currencies, and a spread of at most a fifth', () => {
    expect(issues({ rates: { USD: '0.00' } })).toBe(false);
    expect(issues({ rates: { USD: '-1' } })).toBe(false);
    expect(issues({ rates: { USD: 1.158 } })).toBe(false);
    expect(issues({ rates: { XAU: '0.0004' } })).toBe(false);
    expect(issues({ spreadBasisPoints: 2_001 })).toBe(false);
  });
});

describe('the rate for a customs value', () => {
  const month = (
    kind: 'eu-customs-month' | 'hmrc-month',
    base: 'EUR' | 'GBP',
    USD: string,
  ): ExchangeRates => ({
    id: `${kind}-2026-11`,
    base,
    date: '2026-10-21',
    source: 'fixture',
    kind,
    month: '2026-11',
    rates: { USD },
  });
  const customs = [month('eu-customs-month', 'EUR', '1.2000'), month('hmrc-month', 'GBP', '1.3000')];
  const usd = money(12_000, 'USD');
  const at = (regime: string, date = '2026-11-23') =>
    customsRateFor(regime, date, { locked: locked({}, 500), customs });

  it('is the authority’s rate of the month, without the spread', () => {
    expect(at('eu')(usd, 'EUR')).toEqual({ amount: money(10_000, 'EUR'), customsRate: 'ecb 2026-11' });
    expect(at('gb')(money(13_000, 'USD'), 'GBP')).toEqual({
      amount: money(10_000, 'GBP'),
      customsRate: 'hmrc 2026-11',
    });
  });

  it('is otherwise the locked rate, and is marked as such: elsewhere, in another month, or if the month lacks it', () => {
    // 120.00 / 1.1580 = 103.6269...
    expect(at('us')(usd, 'EUR')).toEqual({ amount: money(10_363, 'EUR'), customsRate: 'locked' });
    expect(at('eu', '2026-12-01')(usd, 'EUR')?.customsRate).toBe('locked');
    expect(at('eu')(money(180, 'JPY'), 'EUR')).toEqual({ amount: money(100, 'EUR'), customsRate: 'locked' });
  });

  it('is not needed without conversion, and is undefined if no rate is known', () => {
    expect(at('eu')(money(1, 'EUR'), 'EUR')).toEqual({ amount: money(1, 'EUR'), customsRate: 'none' });
    expect(at('eu')(money(1, 'CHF'), 'EUR')).toBeUndefined();
    expect(customsRateFor('us', '2026-11-23', { locked: undefined, customs })(usd, 'EUR')).toBeUndefined();
    expect(
      customsRateFor('constructor', '2026-11-23', { locked: locked(), customs })(usd, 'EUR')?.customsRate,
    ).toBe('locked');
  });
});
