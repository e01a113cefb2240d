import type { Command } from 'commander';
import { path, wholeNumber } from '../command-line/option-values.ts';
import { addApprove } from './approve/approve-command.ts';
import { addExplain } from './explain/explain-command.ts';
import { addPlan } from './plan/plan-command.ts';
import { addPorts } from './ports/ports-command.ts';
import type { BacktestCommandOptions } from './replenish-options.ts';
import { addSignals } from './signals/signals-command.ts';
import { addSlotting } from './slotting/slotting-command.ts';
import { addSuppliers } from './suppliers/suppliers-command.ts';

const HELP = `
Each file has the layout of the UCI Online Retail data set. Several files are read as one, in their
sequence. Cancellations and returns are left out, one-off bulk orders are kept apart, and a SKU has
a series from the first day of the files to the last.

On each origin every method forecasts the days after it from the days before it alone. Losses are
parts of the units that came: WAPE of the mean, and twice the pinball loss of the quantiles 0.5, 0.9
and 0.95. The first row is what Entrepot would have used: the best candidate of each series.

Then a stock of each SKU that was sold in the warm-up is run day by day on the same demand, and lost
sales are lost. Policies: ours, with the forecast of each day; a fixed reorder point; the textbook's
(r, Q); and a review each week. The last three know the warm-up alone. A unit costs 60 % of its
first price, an order 5.00, and a year of stock 25 % of its value.

Examples:
  npm run replenish -- backtest december.csv.gz january-to-april.csv.gz
  npm run replenish -- backtest sales.csv --every 10 --offset 3 --horizon 28 --json`;

/** `entrepot replenish`. `run` does the work. */
export function addReplenish(
  program: Command,
  run: (options: BacktestCommandOptions) => Promise<void> = async (options) =>
    (await import('./backtest-files.ts')).backtestFiles(options),
): void {
  const replenish = program
    .command('replenish')
    .summary('plan what to buy, approve it, explain it, and try the rules on past sales')
    .description(
      'Plans what to buy and to move in a running backend, approves orders, says why a product is ordered, and tries ' +
        'the rules of replenishment on sales of the past.',
    );
  addPlan(replenish);
  addApprove(replenish);
  addExplain(replenish);
  addSignals(replenish);
  addSuppliers(replenish);
  addPorts(replenish);
  addSlotting(replenish);
  replenish
    .command('backtest')
    .summary('compare forecasts with what was sold')
    .description(
      'Reads sales of the past, forecasts them on rolling origins with every method, and compares with what came: WAPE, ' +
        'pinball loss and coverage, beside seasonal naive. Then runs stocks under four policies.',
    )
    .argument('<files...>', 'the sales: CSV files, plain or gzipped')
    .option('--warm-up <days>', 'the days before the first forecast', wholeNumber(7, 3_650), 31)
    .option('--step <days>', 'the days from one origin to the next', wholeNumber(1, 365), 7)
    .option('--horizon <days>', 'the days that are forecast on each origin', wholeNumber(1, 90), 14)
    .option('--every <number>', 'forecast only every n-th SKU, which is faster', wholeNumber(1, 100_000), 1)
    .option('--offset <number>', 'begin with that SKU, counted from 0', wholeNumber(0, 99_999), 0)
    .option(
      '--lead-time <days>',
      'the days of an order to its receipt, a day more or less',
      wholeNumber(1, 60),
      7,
    )
    .option('--by-market', 'a series for each SKU and country')
    .option('--json', 'print the figures as JSON')
    .option('--page <file>', 'write a page with charts', path)
    .addHelpText('after', HELP)
    .action((files: readonly string[], values: Values) =>
      run({
        files: files.map(path),
        warmUp: values.warmUp,
        step: values.step,
        horizon: values.horizon,
        every: values.every,
        offset: values.offset,
        leadTime: values.leadTime,
        byMarket: values.byMarket ?? false,
        json: values.json ?? false,
        page: values.page,
      }),
    );
}

interface Values {
  readonly warmUp: number;
  readonly step: number;
  readonly horizon: number;
  readonly every: number;
  readonly offset: number;
  readonly leadTime: number;
  readonly byMarket?: true;
  readonly json?: true;
  readonly page?: string;
}
