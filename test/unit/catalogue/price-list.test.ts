import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PricingSettings, unitPriceOf } from '../../../shared/catalogue/price-list.ts';
import { type PriceRounding, roundPrice } from '../../../shared/catalogue/price-rounding.ts';
import { money } from '../../../shared/kernel/money.ts';
import type { FxLock } from '../../../shared/rates/fx-lock.ts';

const lock: FxLock = {
  id: 'ecb-2026-11-20',
  base: 'EUR',
  rates: { USD: '1.1580', GBP: '0.8790', JPY: '180.0000' },
  date: '2026-11-20',
  source: 'ECB',
  spreadBasisPoints: 200,
  lockedAt: '2026-11-23T10:00:00.000Z',
  expiresAt: '2026-11-23T10:30:00.000Z',
};
const eur = { amount: 1199, currency: 'EUR' } as const;
const toTens = { to: 'step', stepMinor: 10, direction: 'nearest' } as const;
const to99 = { to: 'ending', endingMinor: 99, perMinor: 100, direction: 'nearest' } as const;
const to90Up = { to: 'ending', endingMinor: 90, perMinor: 100, direction: 'up' } as const;

describe('the price of a unit', () => {
  const settings: PricingSettings = { rounding: { JPY: toTens, USD: to99 }, taxIncludedMarkets: ['DE'] };
  const price =
    (...prices: Parameters<typeof unitPriceOf>[0]) =>
    (currency: 'EUR' | 'USD' | 'JPY' | 'GBP' | 'CHF', market = 'US') =>
      unitPriceOf(prices, { currency, market, lock, settings });

  it('is the listed price if the list has the currency, even without an exchange rate', () => {
    const usd = { amount: 1499, currency: 'USD' } as const;
    expect(price(eur, usd)('USD')).toEqual({
      price: money(1499, 'USD'),
      taxIncluded: false,
      base: money(1199, 'EUR'),
      from: 'list',
    });
    expect(unitPriceOf([eur], { currency: 'EUR', market: 'DE', lock: undefined })?.price).toEqual(
      money(1199, 'EUR'),
    );
  });

  it('is otherwise the base price, converted with the spread and rounded by the rule of the currency', () => {
    expect(price(eur)('JPY', 'JP')).toEqual({
      price: money(2200, 'JPY'),
      taxIncluded: false,
      base: money(1199, 'EUR'),
      from: 'conversion',
      formula: '2200 JPY = 11.99 EUR x 180.0000 x 1.02 (spread 200 bp), to whole steps of 10',
    });
    expect(price(eur)('USD')?.formula).toBe(
      '13.99 USD = 11.99 EUR x 1.1580 x 1.02 (spread 200 bp), to end in 99',
    );
    expect(price({ amount: 1000, currency: 'GBP' })('USD')?.formula).toBe(
      '12.99 USD = 10.00 GBP / 0.8790 x 1.1580 x 1.02 (spread 200 bp), to end in 99',
    );
    expect(price({ amount: 879, currency: 'GBP' })('EUR')?.formula).toBe(
      '10.20 EUR = 8.79 GBP / 0.8790 x 1.02 (spread 200 bp), half up',
    );
    expect(price(eur)('CHF')).toBeUndefined();
    expect(unitPriceOf([eur], { currency: 'USD', market: 'US', lock: undefined })).toBeUndefined();
  });

  it('includes tax only if the merchant quotes prices with tax', () => {
    const gross = { amount: 1399, currency: 'EUR', taxIncluded: true } as const;
    expect(price(eur, gross)('EUR', 'DE')).toMatchObject({ price: money(1399, 'EUR'), taxIncluded: true });
    expect(price(eur, gross)('EUR', 'US')).toMatchObject({ price: money(1199, 'EUR'), taxIncluded: false });
    // Other markets have no price in the currency, so their base price is converted.
    const usdGross = { amount: 1999, currency: 'USD', taxIncluded: true } as const;
    expect(price(eur, usdGross)('USD', 'US')).toMatchObject({ from: 'conversion', taxIncluded: false });
  });
});

describe('the rounding of a converted price', () => {
  it.each([
    [2201, 'JPY', toTens, 2200],
    [2205, 'JPY', toTens, 2210],
    [4, 'JPY', toTens, 10],
    [2201, 'JPY', { ...toTens, direction: 'up' }, 2210],
    [2210, 'JPY', { ...toTens, direction: 'up' }, 2210],
    [1416, 'USD', to99, 1399],
    [1449, 'USD', to99, 1499],
    [40, 'USD', to99, 99],
    [2201, 'JPY', to90Up, 2290],
    [2290, 'JPY', to90Up, 2290],
    [2291, 'JPY', to90Up, 2390],
    [1416, 'USD', { to: 'none' }, 1416],
  ] as const)('%i %s by %o is %i', (amount, currency, rule, expected) => {
    expect(roundPrice(money(amount, currency), rule)).toEqual(money(expected, currency));
  });

  it('gives a price above zero that fits the rule and is close to the given price', () => {
    const direction = fc.constantFrom('nearest' as const, 'up' as const);
    const rules: fc.Arbitrary<PriceRounding> = fc.oneof(
      fc.record({ to: fc.constant('step' as const), stepMinor: fc.integer({ min: 1, max: 500 }), direction }),
      fc.integer({ min: 2, max: 500 }).chain((perMinor) =>
        fc.record({
          to: fc.constant('ending' as const),
          endingMinor: fc.nat(perMinor - 1),
          perMinor: fc.constant(perMinor),
          direction,
        }),
      ),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), rules, (amount, rule) => {
        if (rule.to === 'none') return;
        const [step, offset] = rule.to === 'step' ? [rule.stepMinor, 0] : [rule.perMinor, rule.endingMinor];
        const { amountMinor } = roundPrice(money(amount, 'EUR'), rule);
        expect(amountMinor).toBeGreaterThan(0);
        expect(amountMinor % step).toBe(offset % step);
        expect(Math.abs(amountMinor - amount)).toBeLessThanOrEqual(step);
        if (rule.direction === 'up') expect(amountMinor).toBeGreaterThanOrEqual(amount);
      }),
    );
  });
});
