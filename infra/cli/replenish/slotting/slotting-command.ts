import type { Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../../client/operator-options.ts';
import { exitWith } from '../../command-line/exit-with.ts';
import { path } from '../../command-line/option-values.ts';
import { say } from '../../terminal/say.ts';
import type { SlottingOptions } from './slotting-options.ts';

const HELP = `
The first line of a file names the columns, in any order.
  Of --zones:       zone, name, distanceMetres (from the packing area, one way), capacityLitres
  Of the products:  sku, zone

The daily run proposes a move where it saves the walking that it takes within 14 days. Storing where
a product lies ends the move that led there. A file with an error stores nothing.

Examples:
  npm run replenish -- slotting pl-poznan --zones zones.csv
  npm run replenish -- slotting pl-poznan places.csv --dry-run
  npm run replenish -- slotting pl-poznan --csv > moves.csv`;

const run = async (options: SlottingOptions) => {
  const { operatorAt } = await import('../../client/operator-at.ts');
  const { slotting } = await import('./slotting.ts');
  exitWith(await slotting(options, { operator: () => operatorAt(options), say }));
};

interface Values extends OperatorValues {
  readonly zones?: string;
  readonly dryRun?: true;
  readonly csv?: true;
  readonly json?: true;
}

/** `entrepot replenish slotting`. `act` does the work. */
export function addSlotting(
  replenish: Command,
  act: (options: SlottingOptions) => Promise<void> = run,
): void {
  const command = replenish
    .command('slotting')
    .summary('which products should lie nearer to the packing area')
    .description(
      'Lists the moves of products between the storage zones of a warehouse that the last run proposed, or stores its ' +
        'zones, or where products lie (GET and POST /v1/admin/replenishment/slotting/{warehouseId}).',
    )
    .argument('<warehouse>', 'the warehouse')
    .argument('[file]', 'where products lie, in CSV', path)
    .option('--zones <file>', 'store the zones of this CSV file', path)
    .option('--dry-run', 'show what would change and store nothing')
    .option('--csv', 'list the moves as CSV')
    .option('--json', 'list the moves as JSON');
  withOperator(command, 'replenishment:read and replenishment:write')
    .addHelpText('after', HELP)
    .action((warehouseId: string, file: string | undefined, values: Values, own: Command) => {
      const { zones, dryRun = false, csv = false, json = false } = values;
      if (file !== undefined && zones !== undefined)
        own.error('error: a file of products is not used together with --zones');
      if (csv && json) own.error('error: --csv is not used together with --json');
      return act({ ...operatorOptions(values), warehouseId, file, zones, dryRun, csv, json });
    });
}
