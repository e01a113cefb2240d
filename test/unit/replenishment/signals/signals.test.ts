import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter } from '../../../../shared/kernel/time.ts';
import type { Forecast } from '../../../../shared/replenishment/forecast/forecast.ts';
import { forecastSeries } from '../../../../shared/replenishment/forecast/forecast-series.ts';
import { applySignals, withoutSignals } from '../../../../shared/replenishment/signals/apply-signals.ts';
import type { Signal } from '../../../../shared/replenishment/signals/signal.ts';
import { madeUpUnits, seriesOf } from '../forecast/made-up-demand.ts';

const signal = (over: Partial<Signal> = {}): Signal => ({
  ...{ id: 's1', kind: 'holiday', markets: ['DE'], firstDay: '2026-04-17', lastDay: '2026-04-18' },
  uplift: { factor: 2 },
  ...over,
});

function forecastIn(market: string): Forecast {
  const made = forecastSeries(seriesOf(madeUpUnits(100, { seed: 2, perDay: 1 }), { market }), {
    horizon: 14,
  });
  if (!made.ok) throw new Error(made.error);
  return made.value;
}
/** From 15 April on. */
const german = forecastIn('DE');

describe('a signal', () => {
  it('doubles its days, and moves the totals from its first day on', () => {
    const { forecast, applied } = applySignals(german, { signals: [signal()] });
    expect(applied).toEqual(['s1']);
    forecast.days.forEach((day, index) => {
      const times = index === 2 || index === 3 ? 2 : 1;
      expect(day.mean).toBe(times * (german.days[index]?.mean ?? 0));
      expect(day.quantiles['0.9']).toBe(times * (german.days[index]?.quantiles['0.9'] ?? 0));
    });
    expect(forecast.totals?.slice(0, 2)).toEqual(german.totals?.slice(0, 2));
    const means = german.days.slice(0, 3).map(({ mean }) => mean);
    const [a = 0, b = 0, c = 0] = means;
    const ratio = (a + b + 2 * c) / (a + b + c);
    expect(forecast.totals?.[2]?.standardDeviation).toBeCloseTo(
      ratio * (german.totals?.[2]?.standardDeviation ?? 0),
      10,
    );
  });

  it('changes only the days, markets and goods that it is about', () => {
    const markets = fc.constantFrom<readonly string[]>(['DE'], ['FR'], ['*'], ['FR', 'DE']);
    const goods = fc.constantFrom<Pick<Signal, 'skus'>>({}, { skus: ['MUG'] }, { skus: ['HAT'] });
    const uplift = fc.oneof(
      fc.double({ min: 0, max: 20, noNaN: true }).map((factor) => ({ factor })),
      fc.double({ min: -20, max: 20, noNaN: true }).map((unitsADay) => ({ unitsADay })),
    );
    const day = fc.integer({ min: -5, max: 20 });
    fc.assert(
      fc.property(markets, goods, uplift, fc.tuple(day, fc.nat(9)), (given, about, lift, [from, length]) => {
        const asked = signal({
          ...{ markets: given, ...about, uplift: lift, firstDay: dayAfter(german.firstDay, from) },
          lastDay: dayAfter(german.firstDay, from + length),
        });
        const { forecast } = applySignals(german, { signals: [asked] });
        const isAbout = (given.includes('DE') || given.includes('*')) && !about.skus?.includes('HAT');
        forecast.days.forEach((each, index) => {
          const isCovered = isAbout && index >= from && index <= from + length;
          if (!isCovered) expect(each).toEqual(german.days[index]);
          const values = [each.mean, ...Object.values(each.quantiles)];
          expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
        });
        const firstChanged = isAbout ? Math.max(0, from) : 14;
        expect(forecast.totals?.slice(0, firstChanged)).toEqual(german.totals?.slice(0, firstChanged));
      }),
    );
  });

  it('gives the same with others in any sequence', () => {
    const signals = [
      signal({ id: 'b', uplift: { factor: 1.3 } }),
      signal({ id: 'a', uplift: { unitsADay: 3 } }),
      signal({ id: 'c', uplift: { factor: 0.7 } }),
    ];
    const [one, other] = [signals, signals.toReversed()].map((each) =>
      JSON.stringify(applySignals(german, { signals: each })),
    );
    expect(one).toBe(other);
  });

  it.each([
    ['no-id', { id: '' }],
    ['no-markets', { markets: [] }],
    ['day-invalid', { lastDay: '2026-02-30' }],
    ['days-reversed', { lastDay: '2026-04-16' }],
    ['uplift-not-finite', { uplift: { factor: Number.NaN } }],
    ['uplift-too-low', { uplift: { factor: -1 } }],
    ['uplift-too-high', { uplift: { factor: 101 } }],
  ])('is refused with %s', (code, over) => {
    const refused = signal(over);
    const { forecast, applied, refused: list } = applySignals(german, { signals: [refused] });
    expect(list).toEqual([{ id: refused.id, code }]);
    expect([applied, forecast.days]).toEqual([[], german.days]);
  });

  it('is taken out of the history', () => {
    const series = seriesOf([4, 8, 9, 2], { market: 'DE', firstDay: '2026-04-16' });
    // The 17th: 8 / 2; the 18th: (9 - 3) / 2.
    const signals = [signal(), signal({ id: 's2', firstDay: '2026-04-18', uplift: { unitsADay: 3 } })];
    expect(withoutSignals(series, { signals }).units).toEqual([4, 4, 3, 2]);
    const closed = withoutSignals(series, { signals: [signal({ uplift: { factor: 0 } })] });
    expect(closed.censored).toEqual([false, true, true, false]);
  });
});
