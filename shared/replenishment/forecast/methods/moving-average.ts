import { saysLevel } from '../history.ts';
import { type ForecastMethod, leastOf, writeLevels } from './method.ts';

const WINDOWS = [7, 14, 28, 56, 91];

/**
 * The mean of the last days. The window is the one that was least off so far. Hyndman and Athanasopoulos, section 3.3.
 */
export const movingAverage: ForecastMethod = {
  code: 'moving-average',
  says: 'The mean of the last 7, 14, 28, 56 or 91 days, adjusted for the weekday.',
  source:
    'Brown, Smoothing, Forecasting and Prediction of Discrete Time Series (1963), chapter 7; the window by its errors',
  censored: 'skipped',
  run: (history, origins, out) => {
    const { units, factors } = history;
    const days = origins.at(-1) ?? 0;
    const [sums, shares] = [new Float64Array(days + 1), new Float64Array(days + 1)];
    const errors = new Float64Array(WINDOWS.length);
    const levelAt = new Float64Array(origins.length);
    const levelOf = (window: number, day: number) => {
      const from = Math.max(0, day - window);
      const share = (shares[day] as number) - (shares[from] as number);
      // A window without a known day says nothing, and the mean of all days takes its place.
      if (share > 0) return ((sums[day] as number) - (sums[from] as number)) / share;
      return (shares[day] as number) > 0 ? (sums[day] as number) / (shares[day] as number) : 0;
    };
    let k = 0;
    for (let day = 0; day <= days; day += 1) {
      while (k < origins.length && origins[k] === day) {
        levelAt[k] = levelOf(WINDOWS[leastOf(errors)] as number, day);
        k += 1;
      }
      if (day === days) break;
      const counts = saysLevel(history, day);
      const factor = factors[day] as number;
      if (counts)
        for (let w = 0; w < WINDOWS.length; w += 1)
          errors[w] =
            (errors[w] as number) +
            ((units[day] as number) - levelOf(WINDOWS[w] as number, day) * factor) ** 2;
      sums[day + 1] = (sums[day] as number) + (counts ? (units[day] as number) : 0);
      shares[day + 1] = (shares[day] as number) + (counts ? factor : 0);
    }
    writeLevels(history, { origins, levelAt }, out);
  },
};
