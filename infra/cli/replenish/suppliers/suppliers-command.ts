import type { Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../../client/operator-options.ts';
import { exitWith } from '../../command-line/exit-with.ts';
import { path } from '../../command-line/option-values.ts';
import { say } from '../../terminal/say.ts';
import type { SuppliersOptions } from './suppliers-options.ts';

const HELP = `
The first line of the file names the columns, in any order. A row is a product of a supplier:
  supplierId            the code of the supplier; a supplier is replaced with all its products
  sku, supplierSku      the product, and the supplier's own number of it
  prices, currency      the price from a quantity on: 1:4.20 100:3.90, and its currency
  casePack, minimumUnits, leadTimeDays    units in a carton, the smallest order, days to the shelf
  sellableDays          days after their arrival for which units can be sold; without limit if empty
In the first row of a supplier, and empty or the same in its others:
  name, originCountries                   the company, and countries with spaces between them
  certificates          food-contact:FC-118:2099-12-31, with | between several
  requiredCertificates  kinds without which nothing is ordered, with spaces between them
  shareLimitPercent     its largest share of the units of a product in a year; 100 if empty
  status, url           up or down; where orders are sent to: a file in the bucket if empty

A file with an error stores nothing, and every error is printed with its line and column.

Examples:
  npm run replenish -- suppliers
  npm run replenish -- suppliers suppliers.csv --dry-run
  npm run replenish -- suppliers --retire old-kiln`;

const run = async (options: SuppliersOptions) => {
  const { operatorAt } = await import('../../client/operator-at.ts');
  const { suppliers } = await import('./suppliers.ts');
  exitWith(await suppliers(options, { operator: () => operatorAt(options), say }));
};

interface Values extends OperatorValues {
  readonly dryRun?: true;
  readonly retire?: readonly string[];
  readonly json?: true;
}

/** `entrepot replenish suppliers`. `act` does the work. */
export function addSuppliers(
  replenish: Command,
  act: (options: SuppliersOptions) => Promise<void> = run,
): void {
  const command = replenish
    .command('suppliers')
    .summary('suppliers with their products, prices and certificates')
    .description(
      'Imports suppliers from a file, retires some, or, without a file, lists what is stored (GET ' +
        '/v1/admin/replenishment/suppliers and POST /v1/admin/replenishment/suppliers/import).',
    )
    .argument('[file]', 'the suppliers in CSV', path)
    .option('--dry-run', 'show what would change and store nothing')
    .option('--retire <codes...>', 'retire the suppliers with these codes')
    .option('--json', 'list the suppliers as JSON');
  withOperator(command, 'replenishment:read and replenishment:write')
    .addHelpText('after', HELP)
    .action((file: string | undefined, values: Values, own: Command) => {
      const { dryRun = false, retire = [], json = false } = values;
      if (file !== undefined && retire.length > 0)
        own.error('error: a file is not used together with --retire');
      return act({ ...operatorOptions(values), file, dryRun, retire, json });
    });
}
