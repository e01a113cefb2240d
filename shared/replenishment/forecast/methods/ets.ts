import type { History } from '../history.ts';
import type { ForecastMethod } from './method.ts';

type Trend = 'none' | 'additive' | 'damped';
type Season = 'none' | 'additive' | 'multiplicative';

/** A model of the family with its parameters, in the letters of the book. */
interface Model {
  readonly trend: Trend;
  readonly season: Season;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
  /** The number of estimated parameters and states, for the information criterion. */
  readonly size: number;
}

/** The first days give the states to start from, and no errors. */
const START_DAYS = 14;
/** A week seen three times gives its season. */
const MIN_SEASON_DAYS = 21;

const MODELS: readonly Model[] = (['none', 'additive', 'damped'] as const).flatMap((trend) =>
  (['none', 'additive', 'multiplicative'] as const).flatMap((season) => {
    const size = 2 + (trend === 'none' ? 0 : trend === 'additive' ? 2 : 3) + (season === 'none' ? 0 : 8);
    const alphas = season === 'none' ? [0.02, 0.05, 0.1, 0.2, 0.4] : [0.05, 0.15];
    return alphas.flatMap((alpha) =>
      (season === 'none' ? [0] : [0.02, 0.1]).map((gamma) => ({
        ...{ trend, season, alpha, gamma, size, phi: trend === 'damped' ? 0.9 : 1 },
        beta: trend === 'none' ? 0 : 0.1 * alpha,
      })),
    );
  }),
);

/**
 * Exponential smoothing in state-space form: simple, Holt's and damped trend, each without a season and with an
 * additive or a multiplicative one of a week. On each origin the model with the lowest corrected Akaike criterion of
 * the days before it is used. Models with a multiplicative season have multiplicative errors. States and not factors
 * carry the season, so that units are not adjusted.
 */
export const ets: ForecastMethod = {
  code: 'ets',
  says: 'Exponential smoothing with or without trend and weekly season, by the lowest AICc.',
  source:
    'Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing: The State Space Approach (2008), chapters 2, 5 and 7',
  censored: 'skipped',
  run: (history, origins, out) => {
    const best = new Float64Array(origins.length).fill(Number.POSITIVE_INFINITY);
    const start = startOf(history, Math.min(START_DAYS, origins[0] ?? 0));
    // A relative error of a day without demand is always the same, so that such a series has no multiplicative season.
    const first = origins[0] ?? 0;
    const isPositive = !history.units.some(
      (each, day) => day < first && each === 0 && history.known[day] === 1,
    );
    const models = MODELS.filter(({ season }) => isPositive || season !== 'multiplicative');
    for (const model of supported(models, { history, first, start }))
      runModel(model, { history, origins, start, best }, out);
  },
};

/** As many days decide which models are run to the end, in a history that is three times as long. */
const TRIAL_DAYS = 120;
/**
 * A model whose criterion is higher than the least by more than this has no support: Burnham and Anderson, Model
 * Selection and Multimodel Inference, 2nd edition (2002), section 2.6, who say 10.
 */
const MAX_BEHIND = 12;

/** The models that are worth the time: in a long history, those that are not far behind after its first part. */
function supported(
  models: readonly Model[],
  { history, first, start }: { readonly history: History; readonly first: number; readonly start: Start },
): readonly Model[] {
  if (first < 3 * TRIAL_DAYS) return models;
  const path = new Float64Array(history.horizon);
  const criteria = models.map((model) => {
    const best = new Float64Array(1).fill(Number.POSITIVE_INFINITY);
    runModel(model, { history, origins: [TRIAL_DAYS], start, best }, path);
    return best[0] as number;
  });
  const least = Math.min(...criteria);
  return models.filter((_, place) => (criteria[place] as number) <= least + MAX_BEHIND);
}

interface Start {
  readonly level: number;
  readonly additive: Float64Array;
  readonly multiplicative: Float64Array;
}

/** The mean of the first days, and what each weekday differs from it. */
function startOf({ units, known }: History, days: number): Start {
  const [sums, counts] = [new Float64Array(7), new Float64Array(7)];
  let [all, n] = [0, 0];
  for (let day = 0; day < days; day += 1) {
    if (known[day] !== 1) continue;
    sums[day % 7] = (sums[day % 7] as number) + (units[day] as number);
    counts[day % 7] = (counts[day % 7] as number) + 1;
    all += units[day] as number;
    n += 1;
  }
  const level = n === 0 ? 0 : all / n;
  const means = sums.map((sum, index) =>
    (counts[index] as number) > 0 ? sum / (counts[index] as number) : level,
  );
  return {
    level,
    additive: means.map((mean) => mean - level),
    multiplicative: means.map((mean) => (level > 0 ? Math.max(MIN_SEASON, mean / level) : 1)),
  };
}

const MIN_SEASON = 0.01;

interface Run {
  readonly history: History;
  readonly origins: readonly number[];
  readonly start: Start;
  /** The lowest criterion on each origin so far. */
  readonly best: Float64Array;
}

function runModel(model: Model, { history, origins, start, best }: Run, out: Float64Array): void {
  const { alpha, beta, gamma, phi, season } = model;
  const { units, known } = history;
  const isMultiplicative = season === 'multiplicative';
  const isSeasonal = season !== 'none';
  const seasons = isSeasonal
    ? (isMultiplicative ? start.multiplicative : start.additive).slice()
    : new Float64Array(7);
  const least = Math.max(1e-6, start.level * 1e-3);
  let [level, slope, squares, logs, n, k] = [start.level, 0, 0, 0, 0, 0];
  const last = origins.at(-1) ?? 0;
  for (let day = 0; day <= last; day += 1) {
    for (; origins[k] === day; k += 1) {
      if (isSeasonal && day < MIN_SEASON_DAYS) continue;
      const value = aicc({ n, squares, logs, size: model.size });
      if (value >= (best[k] as number)) continue;
      best[k] = value;
      writePath({ level, slope, phi, seasons, isSeasonal, isMultiplicative }, { history, day, k }, out);
    }
    if (day === last || known[day] !== 1) continue;
    const at = day % 7;
    const base = level + phi * slope;
    const factor = isSeasonal ? (seasons[at] as number) : 0;
    const mean = isMultiplicative ? Math.max(least, base * factor) : base + factor;
    const error = (units[day] as number) - mean;
    if (day >= START_DAYS) {
      n += 1;
      squares += isMultiplicative ? (error / mean) ** 2 : error * error;
      if (isMultiplicative) logs += Math.log(mean);
    }
    // A day of a multiplicative season moves the level by what it is worth on a usual day.
    const move = isMultiplicative ? error / Math.max(factor, MIN_MOVE) : error;
    level = base + alpha * move;
    if (isMultiplicative) level = Math.max(least, level);
    slope = phi * slope + beta * move;
    if (isSeasonal)
      seasons[at] = isMultiplicative
        ? Math.max(MIN_SEASON, factor + (gamma * error) / Math.max(least, base))
        : factor + gamma * error;
  }
}

/** Units of a day that is usually closed move the level no more than those of a quiet day. */
const MIN_MOVE = 0.2;

/** The corrected Akaike criterion of a model. Infinite where there are too few days to tell. */
function aicc(of: {
  readonly n: number;
  readonly squares: number;
  readonly logs: number;
  readonly size: number;
}): number {
  const { n, squares, logs, size } = of;
  if (n <= size + 2) return Number.MAX_VALUE * (size / 1e3);
  const likelihood = n * Math.log(Math.max(squares, 1e-9) / n) + 2 * logs;
  return likelihood + 2 * size + (2 * size * (size + 1)) / (n - size - 1);
}

interface States {
  readonly level: number;
  readonly slope: number;
  readonly phi: number;
  readonly seasons: Float64Array;
  readonly isSeasonal: boolean;
  readonly isMultiplicative: boolean;
}

function writePath(
  { level, slope, phi, seasons, isSeasonal, isMultiplicative }: States,
  { history: { horizon }, day, k }: { readonly history: History; readonly day: number; readonly k: number },
  out: Float64Array,
): void {
  let [trend, weight] = [0, 1];
  for (let j = 0; j < horizon; j += 1) {
    weight *= phi;
    trend += weight * slope;
    const base = level + trend;
    const factor = seasons[(day + j) % 7] as number;
    const mean = isMultiplicative ? base * factor : isSeasonal ? base + factor : base;
    out[k * horizon + j] = Math.max(0, mean);
  }
}
