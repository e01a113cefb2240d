import { Argument, type Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { exitWith } from '../command-line/exit-with.ts';
import { path } from '../command-line/option-values.ts';
import { readTextFile } from '../files/read-text-file.ts';
import { say } from '../terminal/say.ts';
import { COST_KINDS, type CostKind, type CostsOptions } from './costs-options.ts';

const importCosts = async (options: CostsOptions) => {
  const { operatorAt } = await import('../client/operator-at.ts');
  const { importCosts: store } = await import('./import-costs.ts');
  exitWith(await store(options, readTextFile(options.file), () => operatorAt(options), say));
};

/** `entrepot costs`. `run` does the work. */
export function addCosts(
  program: Command,
  run: (options: CostsOptions) => Promise<void> = importCosts,
): void {
  const verb = program
    .command('costs')
    .summary('what products and marketing cost, from files')
    .description('What products and marketing cost the merchant, from files.')
    .command('import')
    .summary('store a file of purchase costs or marketing costs in a running backend')
    .description(
      'Stores what one unit of a product costs from a day on, or what was spent on marketing on a day, through the ' +
        'admin API (POST /v1/admin/costs/import). Reports of the lake read these costs; no price changes. A file with ' +
        'an error stores nothing, and every error is printed with its line and column. A large file is sent in several ' +
        'requests, and each request is stored completely or not at all. A file that is imported again changes nothing.',
    )
    .addArgument(new Argument('<kind>', 'the kind of the file').choices(COST_KINDS))
    .argument('<file>', 'the costs in CSV', path)
    .option('--dry-run', 'show what would change and store nothing');
  withOperator(verb, 'catalogue:write')
    .addHelpText(
      'after',
      `
The first line of the file names the columns, in any order:
  purchase   sku, validFrom, purchase, currency, and if known firstLeg and firstLegCurrency:
             the price of one unit at the supplier, and the freight that brings one unit to the
             warehouse. firstLegCurrency is the currency of the row where the column is missing
             or empty
  marketing  storefrontId, market, channel, day, amount, currency
Amounts are without recoverable tax, in the major unit: 12.30, or 12,30 if semicolons separate
the cells. Days are written 2026-11-28. A cost with the same product and day, or the same
storefront, market, channel and day, replaces the one before.`,
    )
    .action((kind: CostKind, file: string, values: OperatorValues & { readonly dryRun?: true }) =>
      run({ kind, file, dryRun: values.dryRun ?? false, ...operatorOptions(values) }),
    );
}
