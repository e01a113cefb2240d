import type { Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../../client/operator-options.ts';
import { exitWith } from '../../command-line/exit-with.ts';
import { path } from '../../command-line/option-values.ts';
import { say } from '../../terminal/say.ts';
import type { SignalsOptions } from './signals-options.ts';

const HELP = `
The first line of the file names the columns, in any order:
  signalId         the code of the signal; the same code again replaces it
  kind             holiday, campaign or feed
  markets          countries of destination with spaces between them, or * for all
  skus             the SKUs with spaces between them
  categories       goods besides the SKUs: two, four or six digits of the Harmonised System, with
                   spaces between them; all goods where SKUs and categories are empty
  firstDay, lastDay                       its days, both included: 2026-11-25; or
  feast, year, daysBefore, daysAfter      the days around a feast: black-friday, 2026, 2, 3
  factor           what demand is multiplied with: 1.5 is half as much again; or
  unitsADay        the units that are sold more on each day
  stockDaysBefore  how many days before the first one the stock has to be there

A file with an error stores nothing, and every error is printed with its line and column.

Examples:
  npm run replenish -- signals
  npm run replenish -- signals holidays.csv --dry-run
  npm run replenish -- signals --retire black-friday-2026-de`;

const run = async (options: SignalsOptions) => {
  const { operatorAt } = await import('../../client/operator-at.ts');
  const { signals } = await import('./signals.ts');
  exitWith(await signals(options, { operator: () => operatorAt(options), say }));
};

interface Values extends OperatorValues {
  readonly dryRun?: true;
  readonly retire?: readonly string[];
  readonly json?: true;
}

/** `entrepot replenish signals`. `act` does the work. */
export function addSignals(replenish: Command, act: (options: SignalsOptions) => Promise<void> = run): void {
  const command = replenish
    .command('signals')
    .summary('holidays, campaigns and feeds that change the demand of some days')
    .description(
      'Imports signals of demand from a file, retires some, or, without a file, lists what is stored (GET ' +
        '/v1/admin/replenishment/signals and POST /v1/admin/replenishment/signals/import).',
    )
    .argument('[file]', 'the signals in CSV', path)
    .option('--dry-run', 'show what would change and store nothing')
    .option('--retire <codes...>', 'retire the signals with these codes')
    .option('--json', 'list the signals as JSON');
  withOperator(command, 'replenishment:read and replenishment:write')
    .addHelpText('after', HELP)
    .action((file: string | undefined, values: Values, own: Command) => {
      const { dryRun = false, retire = [], json = false } = values;
      if (file !== undefined && retire.length > 0)
        own.error('error: a file is not used together with --retire');
      return act({ ...operatorOptions(values), file, dryRun, retire, json });
    });
}
