import { saysLevel } from '../history.ts';
import { type ForecastMethod, leastOf } from './method.ts';

const ALPHAS = [0.05, 0.1, 0.2, 0.4];

/**
 * The mean of the line through all days and of smoothing, which is smoothing with half of the slope as drift. Units are
 * adjusted for the weekday first.
 */
export const theta: ForecastMethod = {
  code: 'theta',
  says: 'Smoothing with half of the slope of the line through all days, adjusted for the weekday.',
  source:
    'Assimakopoulos and Nikolopoulos, The theta model, International Journal of Forecasting 16 (2000); in the form of Hyndman and Billah, 19 (2003)',
  censored: 'skipped',
  run: (history, origins, out) => {
    const { units, factors, horizon } = history;
    const levels = new Float64Array(ALPHAS.length);
    const errors = new Float64Array(ALPHAS.length);
    // Of the days that count: their number, and the sums of the line through them.
    let [n, x, y, xx, xy] = [0, 0, 0, 0, 0];
    let k = 0;
    for (let day = 0; k < origins.length; day += 1) {
      while (origins[k] === day) {
        const best = leastOf(errors);
        const alpha = ALPHAS[best] as number;
        const spread = n * xx - x * x;
        const drift = n > 2 && spread > 0 ? (n * xy - x * y) / spread / 2 : 0;
        const start = drift * ((1 - (1 - alpha) ** n) / alpha);
        for (let j = 0; j < horizon; j += 1)
          out[k * horizon + j] =
            Math.max(0, (levels[best] as number) + drift * j + start) * (factors[day + j] as number);
        k += 1;
      }
      if (day >= units.length || !saysLevel(history, day)) continue;
      const factor = factors[day] as number;
      const adjusted = (units[day] as number) / factor;
      for (let a = 0; a < ALPHAS.length; a += 1) {
        const error = adjusted - (levels[a] as number);
        if (n > 0) errors[a] = (errors[a] as number) + (error * factor) ** 2;
        levels[a] = (levels[a] as number) + Math.max(ALPHAS[a] as number, 1 / (n + 1)) * error;
      }
      [n, x, y, xx, xy] = [n + 1, x + day, y + adjusted, xx + day * day, xy + day * adjusted];
    }
  },
};
