import type { ForecastMethod } from './method.ts';

/**
 * Every day is as the last known one. Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
 * 5.2.
 */
export const naive: ForecastMethod = {
  code: 'naive',
  says: 'Every day is as the last one.',
  source: 'Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition (2021), section 5.2',
  isBenchmark: true,
  censored: 'skipped',
  run: ({ units, known, horizon }, origins, out) => {
    let last = 0;
    let day = 0;
    origins.forEach((origin, k) => {
      for (; day < origin; day += 1) if (known[day] === 1) last = units[day] as number;
      out.fill(last, k * horizon, (k + 1) * horizon);
    });
  },
};
