import type { Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../../client/operator-options.ts';
import { exitWith } from '../../command-line/exit-with.ts';
import { path } from '../../command-line/option-values.ts';
import { say } from '../../terminal/say.ts';
import type { PortsOptions } from './ports-options.ts';

const HELP = `
The first line of the file names the columns, in any order:
  port       the UN/LOCODE of the port: PLGDN
  delayDays  the days by which arrivals there are later
  until      until when, a day or an instant: 2027-02-01 or 2027-02-01T12:00:00.000Z

A file with an error stores nothing, and every error is printed with its line and column.

Examples:
  npm run replenish -- ports
  npm run replenish -- ports ports.csv --dry-run
  npm run replenish -- ports --close PLGDN`;

const run = async (options: PortsOptions) => {
  const { operatorAt } = await import('../../client/operator-at.ts');
  const { ports } = await import('./ports.ts');
  exitWith(await ports(options, { operator: () => operatorAt(options), say }));
};

interface Values extends OperatorValues {
  readonly dryRun?: true;
  readonly close?: readonly string[];
  readonly json?: true;
}

/** `entrepot replenish ports`. `act` does the work. */
export function addPorts(replenish: Command, act: (options: PortsOptions) => Promise<void> = run): void {
  const command = replenish
    .command('ports')
    .summary('ports where goods wait')
    .description(
      'Imports ports where goods wait from a file, closes some, or, without a file, lists what is stored (GET ' +
        '/v1/admin/replenishment/risks and POST /v1/admin/replenishment/ports/import).',
    )
    .argument('[file]', 'the ports in CSV', path)
    .option('--dry-run', 'show what would change and store nothing')
    .option('--close <codes...>', 'goods wait at these ports no more')
    .option('--json', 'list the ports as JSON');
  withOperator(command, 'replenishment:read and replenishment:write')
    .addHelpText('after', HELP)
    .action((file: string | undefined, values: Values, own: Command) => {
      const { dryRun = false, close = [], json = false } = values;
      if (file !== undefined && close.length > 0)
        own.error('error: a file is not used together with --close');
      return act({ ...operatorOptions(values), file, dryRun, close, json });
    });
}
