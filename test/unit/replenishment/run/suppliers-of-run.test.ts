import { expect, it } from 'vitest';
import { replenishmentOf } from '../../../../shared/catalogue/index.ts';
import { comparePrices } from '../../../../shared/replenishment/purchasing/compare-prices.ts';
import {
  allot,
  bestSupplier,
  costOfAllotments,
  type SupplyContext,
} from '../../../../shared/replenishment/run/supplier-of-site.ts';
import { eur, supplier } from '../replenishment-builders.ts';

const now = '2026-12-01T10:00:00.000Z';
/** 1 EUR = 8 CNY. */
const rates = {
  ...{ id: 'ecb', base: 'EUR' as const, date: '2026-11-30', source: 'ECB' },
  rates: { CNY: '8' },
};
const offers = (amount: number, currency: 'EUR' | 'CNY', casePack = 1) => [
  {
    ...{ sku: 'MUG', casePack, minimumUnits: 1, leadTimeDays: 14 },
    prices: [{ fromUnits: 1, unitPrice: { amount, currency } }],
  },
];
const at = {
  ...{ sku: 'MUG', available: 0 },
  demand: (days: number) => ({ mean: days, standardDeviation: 1, quantile: () => days }),
};
const contextOf = (
  suppliers: readonly ReturnType<typeof supplier>[],
  over: Partial<SupplyContext> = {},
): SupplyContext => ({
  ...{ day: '2026-12-01', now, settings: replenishmentOf(undefined), outcomesOf: () => [] },
  pricesIn: (currency) => comparePrices(currency, { rates, now }),
  ...{ orderedOf: () => new Map(), suppliersOf: () => suppliers },
  ...over,
});

it('prices of two currencies are compared by the rate of the day', () => {
  // 30.00 CNY are 3.75 EUR: less than 4.00 EUR. 33.00 CNY are 4.13 EUR: more.
  const berlin = supplier('berlin', { offers: offers(400, 'EUR') });
  const of = (amount: number) => [berlin, supplier('ningbo', { offers: offers(amount, 'CNY') })];
  expect(bestSupplier(at, contextOf(of(3_000)))).toMatchObject({ supplier: { supplierId: 'ningbo' } });
  expect(bestSupplier(at, contextOf(of(3_300)))).toMatchObject({ supplier: { supplierId: 'berlin' } });
});

it('a currency without a rate of the day is left out', () => {
  const of = [
    supplier('berlin', { offers: offers(400, 'EUR') }),
    supplier('ningbo', { offers: offers(1, 'CNY') }),
  ];
  const pricesIn: SupplyContext['pricesIn'] = (currency) =>
    comparePrices(currency, { rates: undefined, now });
  expect(bestSupplier(at, contextOf(of, { pricesIn }))).toMatchObject({ supplier: { supplierId: 'berlin' } });
});

it('a share limit counts what was ordered in the year before', () => {
  const of = [
    supplier('ningbo', { offers: offers(400, 'EUR'), shareLimitPercent: 60 }),
    supplier('yiwu', { offers: offers(500, 'EUR') }),
  ];
  const proposal = {
    units: 100,
    supplierId: 'ningbo',
    unitPrice: { amountMinor: 400, currency: 'EUR' },
  } as const;
  const unitsOf = (ordered: Readonly<Record<string, number>>) => {
    const context = contextOf(of, { orderedOf: () => new Map(Object.entries(ordered)) });
    return Object.fromEntries(
      allot(proposal, at, context).map(({ supplierId, units }) => [supplierId, units]),
    );
  };
  // 60 % of the 100 that are needed now.
  expect(unitsOf({})).toEqual({ ningbo: 60, yiwu: 40 });
  // 60 % of 300 are 180, and 150 of them were ordered.
  expect(unitsOf({ ningbo: 150, yiwu: 50 })).toEqual({ ningbo: 30, yiwu: 70 });
  expect(unitsOf({ ningbo: 200 })).toEqual({ yiwu: 100 });
});

it('the cost of two currencies is in the one of the first supplier', () => {
  const of = [
    { supplierId: 'berlin', units: 10, unitPrice: eur(400) },
    { supplierId: 'ningbo', units: 8, unitPrice: { amount: 3_000, currency: 'CNY' as const } },
  ];
  // 10 x 4.00 EUR, and 8 x 30.00 CNY = 240.00 CNY = 30.00 EUR.
  expect(costOfAllotments(of, contextOf([]))).toEqual({ amount: 7_000, currency: 'EUR' });
  expect(costOfAllotments([], contextOf([]))).toBeUndefined();
});
