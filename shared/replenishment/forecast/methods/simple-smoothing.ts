import { type History, saysLevel } from '../history.ts';
import { type ForecastMethod, leastOf, writeLevels } from './method.ts';

const ALPHAS = [0.02, 0.05, 0.1, 0.2, 0.4];

/**
 * The level of the demand after each day so far, for each weight of the newest day. The first days weigh equally, until
 * a day weighs as much as `alpha` says. `visit` gets the day before its units are used.
 */
function smooth(
  history: History,
  alphas: readonly number[],
  visit: (day: number, levels: Float64Array, errors: Float64Array) => void,
): void {
  const { units, factors } = history;
  const levels = new Float64Array(alphas.length);
  const errors = new Float64Array(alphas.length);
  let share = 0;
  for (let day = 0; day <= units.length; day += 1) {
    visit(day, levels, errors);
    if (day === units.length || !saysLevel(history, day)) continue;
    const factor = factors[day] as number;
    share += factor;
    const gain = factor / share;
    const weight = 1 / Math.max(1, factor);
    for (let a = 0; a < alphas.length; a += 1) {
      const error = (units[day] as number) - factor * (levels[a] as number);
      if (share > factor) errors[a] = (errors[a] as number) + error * error;
      levels[a] = Math.max(0, (levels[a] as number) + Math.max(alphas[a] as number, gain) * weight * error);
    }
  }
}

/**
 * Simple exponential smoothing of units, adjusted for the weekday. The weight is the one with the least errors so far.
 */
export const simpleSmoothing: ForecastMethod = {
  code: 'simple-smoothing',
  says: 'A mean of all days in which newer days weigh more, adjusted for the weekday.',
  source:
    'Brown, Statistical Forecasting for Inventory Control (1959); the weight by the least squared error',
  censored: 'skipped',
  run: (history, origins, out) => {
    const levelAt = new Float64Array(origins.length);
    let k = 0;
    smooth(history, ALPHAS, (day, levels, errors) => {
      for (; k < origins.length && origins[k] === day; k += 1) levelAt[k] = levels[leastOf(errors)] as number;
    });
    writeLevels(history, { origins, levelAt }, out);
  },
};

/**
 * The mean of the levels of several weights. It is less often far off than one chosen weight. What is pooled over
 * series rests on it.
 */
export const averagedSmoothing: ForecastMethod = {
  code: 'averaged-smoothing',
  says: 'The mean of simple smoothing with four weights, adjusted for the weekday.',
  source:
    'Clemen, Combining forecasts: a review and annotated bibliography, International Journal of Forecasting 5 (1989)',
  censored: 'skipped',
  run: (history, origins, out) => {
    const levelAt = new Float64Array(origins.length);
    let k = 0;
    smooth(history, [0.03, 0.06, 0.12, 0.2], (day, levels) => {
      for (; k < origins.length && origins[k] === day; k += 1)
        levelAt[k] = levels.reduce((all, level) => all + level, 0) / levels.length;
    });
    writeLevels(history, { origins, levelAt }, out);
  },
};
