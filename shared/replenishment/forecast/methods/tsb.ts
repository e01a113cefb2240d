import { saysLevel } from '../history.ts';
import { type ForecastMethod, leastOf, writeLevels } from './method.ts';

/** Weights of the newest day for the probability of a demand, and of the newest demand for its size. */
const WEIGHTS = [0.02, 0.05, 0.1, 0.2].flatMap((beta) => [0.05, 0.15].map((alpha) => ({ alpha, beta })));

/** The probability of a demand by its size. The probability falls every day without one, so that demand may end. */
export const tsb: ForecastMethod = {
  code: 'tsb',
  says: 'The smoothed probability of a demand by its smoothed size; days without demand lower it.',
  source:
    'Teunter, Syntetos and Babai, Intermittent demand: linking forecasting to inventory obsolescence, European Journal of Operational Research 214 (2011)',
  censored: 'skipped',
  run: (history, origins, out) => {
    const { units, factors } = history;
    const chances = new Float64Array(WEIGHTS.length);
    const sizes = new Float64Array(WEIGHTS.length);
    const errors = new Float64Array(WEIGHTS.length);
    const levelAt = new Float64Array(origins.length);
    let [share, seen, k] = [0, 0, 0];
    for (let day = 0; k < origins.length; day += 1) {
      for (; origins[k] === day; k += 1) {
        const best = leastOf(errors);
        levelAt[k] = (chances[best] as number) * (sizes[best] as number);
      }
      if (day >= units.length || !saysLevel(history, day)) continue;
      const factor = factors[day] as number;
      const own = units[day] as number;
      const occurs = own > 0 ? 1 : 0;
      share += factor;
      seen += occurs;
      const weight = 1 / Math.max(1, factor);
      for (let w = 0; w < WEIGHTS.length; w += 1) {
        const { alpha, beta } = WEIGHTS[w] as (typeof WEIGHTS)[number];
        const chance = chances[w] as number;
        const size = sizes[w] as number;
        if (share > factor) errors[w] = (errors[w] as number) + (own - chance * size * factor) ** 2;
        chances[w] = Math.max(
          0,
          chance + Math.max(beta, factor / share) * weight * (occurs - factor * chance),
        );
        if (occurs === 1) sizes[w] = size + Math.max(alpha, 1 / seen) * (own - size);
      }
    }
    writeLevels(history, { origins, levelAt }, out);
  },
};
