import type { ForecastMethod } from './method.ts';

/** Every day is as the last known one of its weekday. Hyndman and Athanasopoulos, section 5.2. */
export const seasonalNaive: ForecastMethod = {
  code: 'seasonal-naive',
  says: 'Every day is as the last one of the same weekday.',
  source: 'Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition (2021), section 5.2',
  isBenchmark: true,
  censored: 'skipped',
  run: ({ units, known, horizon }, origins, out) => {
    const last = new Float64Array(7);
    let day = 0;
    origins.forEach((origin, k) => {
      for (; day < origin; day += 1) if (known[day] === 1) last[day % 7] = units[day] as number;
      for (let j = 0; j < horizon; j += 1) out[k * horizon + j] = last[(origin + j) % 7] as number;
    });
  },
};
