import { describe, expect, it } from 'vitest';
import { type Forecast, totalOverDays } from '../../../../shared/replenishment/forecast/forecast.ts';

const day = (mean: number, upper: number) => ({
  mean,
  quantiles: { '0.5': mean, '0.9': upper, '0.95': upper },
});
const forecast: Forecast = {
  ...{ sku: 'MUG', market: '*', firstDay: '2026-03-02', version: '1', method: 'naive' },
  error: { pinball: 1, wape: undefined },
  days: [day(4, 4), day(9, 9)],
};

describe('the total of the next days', () => {
  it('adds up the means, and the variances of days as if they were independent', () => {
    // No spread is known, so that each day varies as a Poisson variable: 4 + 9 = 13.
    const total = totalOverDays(forecast, 2);
    expect(total.mean).toBe(13);
    expect(total.standardDeviation).toBeCloseTo(Math.sqrt(13), 12);
    // 13 + 1.2816 * 3.6056 = 17.62.
    expect(total.quantiles['0.9']).toBeCloseTo(17.62, 2);
    // (17 - 4) / 1.2816 = 10.14 is more than a Poisson variable.
    const wide = totalOverDays({ ...forecast, days: [day(4, 17)] }, 1);
    expect(wide.standardDeviation).toBeCloseTo(10.14, 2);
  });

  it('has the stored spread where there is one', () => {
    const spread = { standardDeviation: 5, quantiles: { '0.5': 12, '0.9': 20, '0.95': 25 } };
    const totals = [{ standardDeviation: 2, quantiles: { '0.5': 4, '0.9': 6, '0.95': 8 } }, spread];
    expect(totalOverDays({ ...forecast, totals }, 2)).toEqual({ mean: 13, ...spread });
    // Eight days are four times as many: 13 + six more days as 4, 9, 4, 9, 4, 9 = 52; the spread doubles.
    expect(totalOverDays({ ...forecast, totals }, 8)).toEqual({
      ...{ mean: 52, standardDeviation: 10 },
      quantiles: { '0.5': 52 - 2, '0.9': 52 + 14, '0.95': 52 + 24 },
    });
  });

  it.each([0, -1, 1.5, Number.NaN])('is of no %s days', (days) => {
    expect(() => totalOverDays(forecast, days)).toThrow('one day or more');
  });
});
