import { describe, expect, it } from 'vitest';
import {
  type DemandOverDays,
  normalDemand,
  steadyDemand,
  totalDemand,
} from '../../../../shared/replenishment/policy/demand-over-days.ts';
import { safetyStock } from '../../../../shared/replenishment/policy/safety-stock.ts';

const forecast = steadyDemand({ mean: 10, standardDeviation: 4 });

describe('safety stock', () => {
  it('covers the uncertainty of demand and of the lead time', () => {
    // 9 days of lead time and 7 of review: 16 days. Demand 160, deviation 4 x sqrt(16) = 16.
    // Lead time's variance 4: 10^2 x 4 = 400. Deviation sqrt(256 + 400) = 25.6125.
    // z of 95 % = 1.644854: 1.644854 x 25.6125 = 42.129 units.
    const found = safetyStock(forecast, {
      leadTime: { meanDays: 9, varianceDays: 4 },
      reviewDays: 7,
      serviceLevel: 0.95,
    });
    expect(found.riskDays).toBe(16);
    expect(found.demand.mean).toBe(160);
    expect(found.standardDeviation).toBeCloseTo(25.6125, 4);
    expect(found.units).toBeCloseTo(42.129, 3);
  });

  it('of a certain lead time is that of the demand alone', () => {
    const risk = { leadTime: { meanDays: 9, varianceDays: 0 }, reviewDays: 0, serviceLevel: 0.95 };
    // 1.644854 x 4 x 3 = 19.738.
    expect(safetyStock(forecast, risk).units).toBeCloseTo(19.738, 3);
  });

  it('keeps the shape of a skewed forecast', () => {
    // The quantile is three deviations above the mean: 3 x sqrt(4^2 + 2^2 x 2.25) = 3 x 5 = 15.
    const skewed = (): DemandOverDays => ({ mean: 2, standardDeviation: 4, quantile: () => 14 });
    const risk = { leadTime: { meanDays: 1, varianceDays: 2.25 }, reviewDays: 0, serviceLevel: 0.9 };
    expect(safetyStock(skewed, risk).units).toBeCloseTo(15, 10);
  });

  it('is nothing below the mean, and nothing without demand', () => {
    const risk = { leadTime: { meanDays: 9, varianceDays: 4 }, reviewDays: 7, serviceLevel: 0.3 };
    expect(safetyStock(forecast, risk).units).toBe(0);
    const none = steadyDemand({ mean: 0, standardDeviation: 0 });
    expect(safetyStock(none, { ...risk, serviceLevel: 0.99 }).units).toBe(0);
  });

  it('is none where nothing is asked for as often as the service level says', () => {
    // In 28 days 12 units are asked for with a probability of 6 %, and none otherwise.
    const rare = () => ({
      mean: 0.72,
      standardDeviation: 2.85,
      quantile: (p: number) => (p > 0.94 ? 12 : 0),
    });
    const at = (serviceLevel: number) =>
      safetyStock(rare, { leadTime: { meanDays: 21, varianceDays: 0 }, reviewDays: 7, serviceLevel });
    expect(at(0.9)).toMatchObject({ isStocked: false, units: 0 });
    expect(at(0.95).isStocked).toBe(true);
    // Up to 12 units.
    expect(at(0.95).units).toBeCloseTo(12 - 0.72, 9);
  });
});

it('the demand of all sites of a hub is their sum, and its deviation the root of the squares', () => {
  // 30 + 40 = 70; sqrt(3^2 + 4^2) = 5.
  const total = totalDemand([normalDemand(30, 3), normalDemand(40, 4)]);
  expect([total.mean, total.standardDeviation, total.quantile(0.5)]).toEqual([70, 5, 70]);
});
