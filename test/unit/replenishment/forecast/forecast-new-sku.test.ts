import { describe, expect, it } from 'vitest';
import { totalOverDays } from '../../../../shared/replenishment/forecast/forecast.ts';
import { forecastNewSku } from '../../../../shared/replenishment/forecast/forecast-new-sku.ts';
import { EVERY_DAY } from '../../../../shared/replenishment/forecast/weekday-factors.ts';
import { seriesOf } from './made-up-demand.ts';

/** SKUs that sold 1, 2, 3 … a day since their launch, which was on the third day. */
const group = (levels: readonly number[]) =>
  levels.map((level) => seriesOf([0, 0, ...new Array(10).fill(level)], { sku: `SKU-${level}` }));
const asked = { sku: 'NEW', market: '*', firstDay: '2026-03-02', weekdays: EVERY_DAY, horizon: 7 };

describe('a new SKU', () => {
  it('is one of its group: its first days are spread as those of the others', () => {
    const made = forecastNewSku({ ...asked, groups: [group([1, 2, 3, 4, 10])] });
    if (!made.ok) throw new Error(made.error);
    // The mean of 1, 2, 3, 4 and 10 is 4, and the middle one is 3.
    expect(made.value).toMatchObject({ sku: 'NEW', firstDay: '2026-03-02', method: 'group-profile' });
    expect(made.value.days[0]).toEqual({ mean: 4, quantiles: { '0.5': 3, '0.9': 10, '0.95': 10 } });
    // 7 days: 7 * 4; the variance of the levels is (9 + 4 + 1 + 0 + 36) / 5 = 10.
    const week = totalOverDays(made.value, 7);
    expect(week.mean).toBe(28);
    expect(week.standardDeviation).toBeCloseTo(7 * Math.sqrt(10), 10);
    expect(week.quantiles).toEqual({ '0.5': 21, '0.9': 70, '0.95': 70 });
    // 28 units off of 4 a day: (3 + 2 + 1 + 0 + 6) * 7 of 20 * 7 units.
    expect(made.value.error.wape).toBeCloseTo(12 / 20, 10);
  });

  it('has the next group where its own is small', () => {
    const made = forecastNewSku({ ...asked, groups: [group([100, 100]), group([1, 1, 1, 1, 1])] });
    expect(made).toMatchObject({ ok: true, value: { days: new Array(7).fill({ mean: 1 }) } });
  });

  it('is refused where no group says anything', () => {
    expect(forecastNewSku({ ...asked, groups: [group([1, 2, 3, 4])] })).toEqual({
      ok: false,
      error: 'no-group',
    });
    expect(forecastNewSku({ ...asked, groups: [] })).toEqual({ ok: false, error: 'no-group' });
    // Sold for fewer days than are asked for.
    expect(forecastNewSku({ ...asked, horizon: 11, groups: [group([1, 2, 3, 4, 5])] })).toMatchObject({
      ok: false,
    });
  });
});
