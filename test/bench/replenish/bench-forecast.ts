import { forecastSeries } from '../../../shared/replenishment/forecast/forecast-series.ts';
import { trainPool } from '../../../shared/replenishment/forecast/pool.ts';
import { madeUpUnits, seriesOf } from '../../unit/replenishment/forecast/made-up-demand.ts';

const DAYS = 730;
const SERIES = 600;
const HORIZON = 28;
/** The best one counts: other programs on the machine only make it slower. */
const ROUNDS = 4;

/** Forecasts of series of two years of days, with selection: how many a second of processor time, and the memory. */
export async function benchForecast(print: (text: string) => void): Promise<void> {
  const series = Array.from({ length: SERIES }, (_, place) =>
    seriesOf(madeUpUnits(DAYS, { seed: place + 1, perDay: 0.05 + (place % 20) / 10 }), {
      sku: `SKU-${place}`,
    }),
  );
  const trainedFrom = process.cpuUsage();
  const pool = trainPool(series, HORIZON);
  print(`replenish pool-seconds ${Math.round(10 * processorSeconds(trainedFrom)) / 10}`);
  const rates = Array.from({ length: ROUNDS }, () => {
    const started = process.cpuUsage();
    const made = series.filter((each) => forecastSeries(each, { horizon: HORIZON, pool }).ok).length;
    return made / processorSeconds(started);
  });
  print(`replenish forecasts-a-second ${Math.round(Math.max(...rates))}`);
  print(`replenish forecast-memory-mb ${Math.round(process.memoryUsage().rss / 1e6)}`);
}

function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
