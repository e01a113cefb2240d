import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../../../shared/kernel/money.ts';
import { steadyDemand } from '../../../../shared/replenishment/policy/demand-over-days.ts';
import { leadTime } from '../../../../shared/replenishment/policy/lead-time.ts';
import { propose, proposeAll, type SkuSite } from '../../../../shared/replenishment/policy/propose.ts';
import { explain } from '../../../../shared/replenishment/policy/reasons.ts';

const eur = (minor: number) => money(minor, 'EUR');
const site = (given: Partial<SkuSite> = {}): SkuSite => ({
  sku: 'MUG',
  siteId: 'fra',
  supplierId: 'acme',
  today: '2026-12-01',
  forecast: steadyDemand({ mean: 10, standardDeviation: 4 }),
  leadTime: leadTime(9, 4, { receipts: 12, trusted: true }),
  reviewDays: 7,
  serviceLevel: 0.95,
  stock: { available: 60, reserved: 5, quarantined: 0 },
  openOrders: [{ orderId: 'o1', ordered: 100, shipped: 40, received: 0, cancelled: 0 }],
  packs: [{ validFrom: '2026-01-01', unitsPerCase: 24, minimumUnits: 48 }],
  costs: { orderCost: eur(5000), holdingRatePerYear: 0.25, breaks: [{ fromUnits: 1, unitPrice: eur(400) }] },
  ...given,
});
const proposed = (given: Partial<SkuSite> = {}) => {
  const found = propose(site(given));
  if (!found.ok) throw new Error(found.error.detail);
  return found.value;
};

describe('a proposal', () => {
  it('has its quantity, cost and every figure behind them', () => {
    // Risk: 9 + 7 = 16 days, demand 160. Safety 1.644854 x sqrt(16^2 + 10^2 x 4) = 42.129. Reorder at 202.129.
    // Position 60 + 40 + 60 = 160 <= 202.129. Need 42.129. Economic quantity 604, in cases of 24: 26 x 24 = 624.
    // Cover (160 + 624) / 10 = 78.4 days. Cost 624 x 4.00 = 2,496.00.
    // A year of 624: 14,600.00 + 312.00 purchases and holding, 50.00 x 3,650 / 624 = 292.47: 15,204.47.
    const found = proposed();
    expect(found).toMatchObject({ units: 624, position: 160, cost: eur(249_600), expectedOn: '2026-12-10' });
    expect(explain(found.reasons)).toEqual([
      'lead-time: 9 days = mean of 12 receipts, variance 4',
      'risk-days: 16 days = 9 lead time + 7 review, rounded up',
      'forecast: 160 units = mean of 16 days, deviation 16',
      'service-level: 0.95 = by the class of the SKU',
      'safety-stock: 42.13 units = 1.64 x 25.61 of demand and lead time',
      'reorder-point: 202.13 units = 160 + 42.13',
      'position: 160 units = 65 on hand - 5 reserved - 0 quarantined + 40 in transit + 60 on order',
      'need: 42.13 units = 202.13 reorder point - 160 position',
      'order-quantity: 624 units = the lowest of the yearly costs: 15204.47 EUR at 4.00 EUR a unit',
      'pack-rounding: 581.87 units = 624 in cases of 24, 48 at least, above a need of 42.13',
      'cover: 78.4 days = (160 + 624) / 10 a day',
      'cost: 2496.00 EUR = 624 x 4.00 EUR',
    ]);
  });

  it('is nothing for a SKU that is ordered on demand, until a shopper waits for it', () => {
    const rare = () => ({ mean: 0.09, standardDeviation: 0.4, quantile: (p: number) => (p > 0.96 ? 1 : 0) });
    const at = (available: number) =>
      proposed({ forecast: rare, openOrders: [], stock: { available, reserved: 0, quarantined: 0 } });
    expect(at(0)).toMatchObject({ units: 0, reorderAt: 0 });
    expect(explain(at(0).reasons).at(-1)).toContain('ordered on demand');
    // Three units are owed: a case of 24, 48 at least.
    expect(at(-3).units).toBe(48);
  });

  it('is nothing above the reorder point and without demand, and says so', () => {
    const enough = proposed({ stock: { available: 103, reserved: 0, quarantined: 0 } });
    expect(enough).toMatchObject({ units: 0, cost: eur(0), position: 203 });
    expect(explain(enough.reasons).at(-1)).toBe('need: 0 units = 203 position is above 202.13 reorder point');
    const none = proposed({ forecast: steadyDemand({ mean: 0, standardDeviation: 0 }), openOrders: [] });
    expect(none.units).toBe(0);
    expect(explain(none.reasons).at(-1)).toBe('need: 0 units = no demand is expected');
  });

  it('buys no more than sells before it expires', () => {
    // 9 + 30 days x 10 = 390, deviation 4 x sqrt(39) = 24.98: the 10 % quantile is 357.99. - 160 = 197.
    // 197 / 24 = 8.2: 8 cases = 192.
    const limited = proposed({ shelfLife: { sellableDays: 30, soldWithProbability: 0.9 } });
    expect(limited.units).toBe(192);
    expect(limited.reasons.find(({ code }) => code === 'expiry')).toMatchObject({ value: 197 });
    // In cases of 24, nothing sells in 9 + 1 days beyond the 160 units that are there: it is named.
    const short = { sellableDays: 1, soldWithProbability: 0.9 };
    expect(propose(site({ shelfLife: short }))).toMatchObject({
      error: { reason: 'expires-before-arrival', detail: expect.stringContaining('sell in 10 days') },
    });
  });

  it.each<[string, Partial<SkuSite>, string]>([
    [
      'a supplier without lead time',
      { leadTime: { reason: 'no-lead-time', subject: 'acme by sea', detail: 'unknown' } },
      'no-lead-time',
    ],
    ['no forecast', { forecast: undefined }, 'no-forecast'],
    [
      'a forecast that is no number',
      { forecast: () => ({ mean: Number.NaN, standardDeviation: 1, quantile: () => 1 }) },
      'bad-figure',
    ],
    ['no pack on the day', { packs: [] }, 'no-pack'],
    ['a service level of one', { serviceLevel: 1 }, 'bad-figure'],
    ['no price', { costs: { ...site().costs, breaks: [] } }, 'bad-figure'],
    [
      'prices in two currencies',
      { costs: { ...site().costs, breaks: [{ fromUnits: 1, unitPrice: money(400, 'USD') }] } },
      'other-currency',
    ],
  ])('is refused by name for %s, and the others are made', (_what, given, reason) => {
    const { proposals, problems } = proposeAll([site({ ...given, sku: 'BAD' }), site()]);
    expect(problems).toMatchObject([{ reason, sku: 'BAD', siteId: 'fra' }]);
    expect(proposals).toMatchObject([{ sku: 'MUG', units: 624 }]);
  });

  it('never has a figure that is no number, in whole cases, and a run after the order asks for nothing', () => {
    fc.assert(
      fc.property(
        fc.record({
          mean: fc.double({ min: 0, max: 500, noNaN: true }),
          standardDeviation: fc.double({ min: 0, max: 900, noNaN: true }),
          available: fc.integer({ min: -50, max: 5000 }),
          days: fc.double({ min: 0, max: 120, noNaN: true }),
          variance: fc.double({ min: 0, max: 400, noNaN: true }),
          unitsPerCase: fc.integer({ min: 1, max: 48 }),
        }),
        ({ mean, standardDeviation, available, days, variance, unitsPerCase }) => {
          const given = {
            forecast: steadyDemand({ mean, standardDeviation }),
            leadTime: leadTime(days, variance),
            stock: { available, reserved: 0, quarantined: 0 },
            openOrders: [],
            packs: [{ validFrom: '2026-01-01', unitsPerCase, minimumUnits: 0 }],
          };
          const { units, reasons } = proposed(given);
          expect(units % unitsPerCase).toBe(0);
          for (const { value } of reasons)
            expect(Number.isFinite(typeof value === 'number' ? value : value.amountMinor)).toBe(true);
          const again = proposed({
            ...given,
            openOrders: [{ orderId: 'o', ordered: units, shipped: 0, received: 0, cancelled: 0 }],
          });
          if (units > 0) expect(again.position).toBeGreaterThanOrEqual(again.reorderAt - 1e-6);
          expect(again.units === 0 || Math.abs(again.position - again.reorderAt) < 1e-6).toBe(true);
        },
      ),
    );
  });
});
