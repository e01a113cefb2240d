import { saysLevel } from '../history.ts';
import { type ForecastMethod, leastOf, writeLevels } from './method.ts';

const ALPHAS = [0.05, 0.1, 0.2];

/**
 * The level by Croston's method: the smoothed size of a day with demand, divided by the smoothed number of days between
 * two of them. Days are counted by their factors, so that a closed day does not make demand rarer. `bias` is what
 * the level is multiplied with, by the weight of smoothing.
 */
function runCroston(bias: (alpha: number) => number): ForecastMethod['run'] {
  return (history, origins, out) => {
    const { units, factors } = history;
    const sizes = new Float64Array(ALPHAS.length);
    const gaps = new Float64Array(ALPHAS.length);
    const errors = new Float64Array(ALPHAS.length);
    const levelAt = new Float64Array(origins.length);
    // It changes with a demand only.
    const levels = new Float64Array(ALPHAS.length);
    let [gap, seen, k] = [0, 0, 0];
    for (let day = 0; k < origins.length; day += 1) {
      for (; origins[k] === day; k += 1) levelAt[k] = levels[leastOf(errors)] as number;
      if (day >= units.length || !saysLevel(history, day)) continue;
      const factor = factors[day] as number;
      const own = units[day] as number;
      gap += factor;
      if (seen > 0)
        for (let a = 0; a < ALPHAS.length; a += 1)
          errors[a] = (errors[a] as number) + (own - (levels[a] as number) * factor) ** 2;
      if (own <= 0) continue;
      seen += 1;
      for (let a = 0; a < ALPHAS.length; a += 1) {
        const gain = Math.max(ALPHAS[a] as number, 1 / seen);
        sizes[a] = (sizes[a] as number) + gain * (own - (sizes[a] as number));
        gaps[a] = (gaps[a] as number) + gain * (gap - (gaps[a] as number));
        if ((gaps[a] as number) > 0)
          levels[a] = (bias(ALPHAS[a] as number) * (sizes[a] as number)) / (gaps[a] as number);
      }
      gap = 0;
    }
    writeLevels(history, { origins, levelAt }, out);
  };
}

/** Croston's method for demand with many days without any. */
export const croston: ForecastMethod = {
  code: 'croston',
  says: 'The smoothed size of a demand, divided by the smoothed time between two demands.',
  source:
    'Croston, Forecasting and stock control for intermittent demands, Operational Research Quarterly 23 (1972)',
  censored: 'skipped',
  run: runCroston(() => 1),
};

/** Croston's method without its bias, by the approximation of Syntetos and Boylan. */
export const sba: ForecastMethod = {
  code: 'sba',
  says: "Croston's method, lowered by half of the weight of smoothing, because it is too high by that.",
  source:
    'Syntetos and Boylan, The accuracy of intermittent demand estimates, International Journal of Forecasting 21 (2005)',
  censored: 'skipped',
  run: runCroston((alpha) => 1 - alpha / 2),
};
