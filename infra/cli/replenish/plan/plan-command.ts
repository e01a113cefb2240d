import { type Command, Option } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../../client/operator-options.ts';
import { exitWith } from '../../command-line/exit-with.ts';
import { day, path } from '../../command-line/option-values.ts';
import type { PlanOptions } from './plan-options.ts';

const HELP = `
A day has one run. If it has one already, that run is shown and nothing is started. A run reads the
sales of the days before its day; --day with the day of tomorrow also reads the sales of today.

Lines of --csv: every line of every order of the run, with its order, supplier, units and price.
--json has the run, its orders and the products that were not planned. --not-planned prints these
products alone as CSV, with the reason of each.

The exit code is 0 when the run is over and has planned something, also if nothing is due. It is 1
if the run was given up, if nothing could be planned, or if a call failed.

Examples:
  npm run replenish -- plan --page plan.html
  npm run replenish -- plan --run 2026-11-29 --csv > orders.csv
  npm run replenish -- plan --run 2026-11-29 --not-planned > not-planned.csv`;

const makePlan = async (options: PlanOptions) => {
  const { operatorAt } = await import('../../client/operator-at.ts');
  const { planRun } = await import('./plan-run.ts');
  const { createProgress } = await import('../../terminal/progress.ts');
  exitWith(
    await planRun(options, {
      client: await operatorAt(options),
      progress: createProgress(process.stderr),
      write: (text) => void process.stdout.write(text),
    }),
  );
};

interface Values extends OperatorValues {
  readonly day?: string;
  readonly run?: string;
  readonly watch?: true;
  readonly json?: true;
  readonly csv?: true;
  readonly notPlanned?: true;
  readonly page?: string;
}

/** `entrepot replenish plan`. `run` does the work. */
export function addPlan(replenish: Command, run: (options: PlanOptions) => Promise<void> = makePlan): void {
  const plan = replenish
    .command('plan')
    .summary('make the plan of the day in a running backend, and show it')
    .description(
      'Starts the run of the day (POST /v1/admin/replenishment/runs), shows its progress until it is over, and prints ' +
        'what to buy, what to move, and what was not planned, by reason.',
    )
    .addOption(
      new Option('--day <day>', 'plan this day: from three days ago to tomorrow (default: today)')
        .argParser(day)
        .conflicts('run'),
    )
    .addOption(new Option('--run <day>', 'show the run of this day, and start none').argParser(day))
    .option('--watch', 'with --run: wait until the run is over')
    .addOption(new Option('--json', 'print the plan as JSON').conflicts(['csv', 'notPlanned']))
    .addOption(new Option('--csv', 'print the lines of the orders as CSV').conflicts('notPlanned'))
    .option('--not-planned', 'print the products that were not planned as CSV')
    .option('--page <file>', 'also write a page of all that, with charts of what runs out', path);
  withOperator(plan, 'replenishment:write (with --run: replenishment:read)')
    .addHelpText('after', HELP)
    .action((values: Values) =>
      run({
        ...operatorOptions(values),
        ...{ day: values.day, run: values.run, watch: values.watch ?? false },
        page: values.page,
        format: formatOf(values),
      }),
    );
}

const formatOf = ({ json, csv, notPlanned }: Values): PlanOptions['format'] => {
  if (json === true) return 'json';
  if (csv === true) return 'csv';
  return notPlanned === true ? 'not-planned' : 'table';
};
