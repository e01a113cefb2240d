import { describe, expect, it } from 'vitest';
import { backtest } from '../../../../shared/replenishment/forecast/backtest.ts';
import { madeUpUnits, seriesOf } from './made-up-demand.ts';

const OPTIONS = { firstOrigin: 30, step: 15, horizon: 10, every: 1 };
const good = [1, 2, 3, 4].map((seed) =>
  seriesOf(madeUpUnits(60, { seed, perDay: 1 }), { sku: `SKU-${seed}` }),
);

describe('a backtest of forecasts', () => {
  it('takes every n-th series from the offset on', () => {
    const skus = (every: number, offset: number) => {
      const seen = new Set<string>();
      backtest(good, { ...OPTIONS, every, offset }, ({ series }) => seen.add(series.sku));
      return [...seen];
    };
    expect(skus(2, 0)).toEqual(['SKU-1', 'SKU-3']);
    expect(skus(2, 1)).toEqual(['SKU-2', 'SKU-4']);
    expect(skus(3, 2)).toEqual(['SKU-3']);
  });

  it('forecasts the same whatever comes after the origin', () => {
    const first = (series: typeof good) => {
      const made: string[] = [];
      backtest(series, { ...OPTIONS, step: 99 }, ({ forecast }) => made.push(JSON.stringify(forecast)));
      return made;
    };
    const other = good.map((each) => ({
      ...each,
      units: each.units.map((units, day) => (day < OPTIONS.firstOrigin ? units : units + 100)),
    }));
    expect(first(good)).toHaveLength(4);
    expect(first(other)).toEqual(first(good));
  });

  it('leaves out series that can not be read, and has figures of the others', () => {
    const bad = [
      seriesOf(new Array(60).fill(Number.NaN), { sku: 'NAN' }),
      seriesOf(new Array(60).fill(-1), { sku: 'MINUS' }),
      seriesOf(new Array(60).fill(0), { sku: 'NONE' }),
    ];
    const whole = backtest([...good, ...bad], OPTIONS);
    expect(whole).toEqual(backtest(good, OPTIONS));
    // Origins 30 and 45: the next one would be 60, and a horizon of 10 days does not fit after it.
    expect(whole.forecasts).toBe(8);
    const figures = whole.methods.flatMap(({ ofDays, ofTotals }) => [
      ofDays.meanPinball,
      ofTotals.meanPinball,
    ]);
    expect(figures.every((each) => Number.isFinite(each) && each > 0)).toBe(true);
  });
});
