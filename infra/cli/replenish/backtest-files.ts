import { writeFileSync } from 'node:fs';
import { type Demand, demandFromRows } from '../../../shared/replenishment/demand/demand-from-rows.ts';
import {
  type Backtest,
  type BacktestOptions,
  backtest,
  backtestOrigins,
} from '../../../shared/replenishment/forecast/backtest.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { createProgress } from '../terminal/progress.ts';
import { say } from '../terminal/say.ts';
import { backtestTable } from './backtest-table.ts';
import { readSales, type SalesRead } from './read-sales.ts';
import type { BacktestCommandOptions } from './replenish-options.ts';

/**
 * Reads the files, tries the forecasts and prints the figures. Throws BadFile for files that can't be read or that are
 * too short for a forecast.
 */
export async function backtestFiles(options: BacktestCommandOptions): Promise<void> {
  if (options.offset >= options.every)
    throw new BadFile(`--offset ${options.offset} has to be below --every ${options.every}`);
  const progress = createProgress(process.stderr);
  const read = await readSales(options.files);
  const { demand, firstDay, lastDay, days } = demandOf(read, options);
  const asked: BacktestOptions = {
    ...{
      firstOrigin: options.warmUp,
      step: options.step,
      horizon: options.horizon,
      every: options.every,
      offset: options.offset,
    },
  };
  const origins = backtestOrigins(days, asked);
  if (origins.length === 0)
    throw new BadFile(
      `${options.files.join(', ')}: the sales are of ${days} days, from ${firstDay} to ${lastDay}; --warm-up ${options.warmUp} and --horizon ${options.horizon} need ${options.warmUp + options.horizon}`,
    );
  const facts = { rowsRead: read.rowsRead, firstDay, lastDay, ...countsOf(demand) };
  if (!options.json)
    say(
      `${facts.rowsRead} rows from ${firstDay} to ${lastDay}: ${facts.series} series, ${facts.units} units; ` +
        `${facts.bulkOrders} one-off bulk orders with ${facts.bulkUnits} units are apart`,
    );
  const step = progress.start(
    'forecasts',
    origins.length * Math.ceil(Math.max(0, demand.series.length - options.offset) / options.every),
    'forecasts',
  );
  // A simulation of stock is called here, with each forecast and what came.
  const result = backtest(demand.series, asked, () => step.advance());
  step.end();
  if (options.json) say(JSON.stringify({ ...facts, options: asked, ...result }, undefined, 2));
  else say(backtestTable(result, options.horizon));
  if (options.page !== undefined)
    await writePage(options.page, result, { ...facts, horizon: options.horizon });
}

interface DemandOfFiles {
  readonly demand: Demand;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly days: number;
}

function demandOf(
  { orders, rowsRead, leftOut }: SalesRead,
  { files, byMarket }: BacktestCommandOptions,
): DemandOfFiles {
  const days = [...new Set(orders.map(({ day }) => day))].sort();
  const [firstDay, lastDay] = [days[0], days.at(-1)];
  if (firstDay === undefined || lastDay === undefined) {
    const reasons = [...leftOut].map(([code, count]) => `${count} ${code}`).join(', ');
    throw new BadFile(`${files.join(', ')}: none of ${rowsRead} rows is a sale with a day (${reasons})`);
  }
  const demand = demandFromRows({ orders }, { firstDay, lastDay, byMarket });
  return { demand, firstDay, lastDay, days: demand.series[0]?.units.length ?? 0 };
}

function countsOf({ series, bulk }: Demand) {
  const sumOf = (values: readonly number[]) => values.reduce((all, each) => all + each, 0);
  return {
    series: series.length,
    units: sumOf(series.map(({ units }) => sumOf(units))),
    bulkOrders: bulk.length,
    bulkUnits: sumOf(bulk.map(({ units }) => units)),
  };
}

/** The library that draws is heavy, and only a page needs it. */
async function writePage(
  file: string,
  result: Backtest,
  facts: Parameters<typeof import('./backtest-page.ts').backtestPage>[1],
) {
  writeFileSync(file, (await import('./backtest-page.ts')).backtestPage(result, facts));
  say(`wrote ${file}`);
}
