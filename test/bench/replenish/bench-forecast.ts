import { forecastSeries } from '../../../shared/replenishment/forecast/forecast-series.ts';
import { trainPool } from '../../../shared/replenishment/forecast/pool.ts';
import { madeUpUnits, seriesOf } from '../../unit/replenishment/forecast/made-up-demand.ts';

const DAYS = 730;
const SERIES = 600;
const HORIZON = 28;

/** Forecasts of series of two years of days, with selection: how many a second on one core, and the memory. */
export async function benchForecast(print: (text: string) => void): Promise<void> {
  const series = Array.from({ length: SERIES }, (_, place) =>
    seriesOf(madeUpUnits(DAYS, { seed: place + 1, perDay: 0.05 + (place % 20) / 10 }), {
      sku: `SKU-${place}`,
    }),
  );
  const trainedFrom = performance.now();
  const pool = trainPool(series, HORIZON);
  print(`replenish pool-seconds ${Math.round((performance.now() - trainedFrom) / 100) / 10}`);
  const started = performance.now();
  const made = series.filter((each) => forecastSeries(each, { horizon: HORIZON, pool }).ok).length;
  const seconds = (performance.now() - started) / 1000;
  print(`replenish forecasts-a-second ${Math.round(made / seconds)}`);
  print(`replenish forecast-memory-mb ${Math.round(process.memoryUsage().rss / 1e6)}`);
}
