import type { Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { path } from '../command-line/option-values.ts';
import type { ImportOptions } from './products-options.ts';

const importProducts = async (options: ImportOptions) => {
  const { createProgress } = await import('../terminal/progress.ts');
  const { importProducts: store } = await import('./import-products.ts');
  await store(options, createProgress(process.stdout));
};

/** `entrepot products`. `run` does the work with the options read. */
export function addProducts(
  program: Command,
  run: (options: ImportOptions) => Promise<void> = importProducts,
): void {
  const verb = program
    .command('products')
    .summary('the catalogue, from files')
    .description('The catalogue, from files.')
    .command('import')
    .summary('store a catalogue from CSV or JSON in a running backend')
    .description(
      'Checks every product of a file against a running backend, shows what would be added and changed, and stores ' +
        'it once that is confirmed. A file with one wrong line stores nothing. A file that is larger than a request ' +
        'goes in several, each of them whole or not at all: what a crash in the middle left out is stored by ' +
        'importing the file again, and what is there already stays as it is.',
    )
    .argument('<file>', 'the catalogue: CSV, or JSON where its name ends in .json', path)
    .option('--dry-run', 'show what would change and store nothing')
    .option('--yes', 'store without asking');
  withOperator(verb, 'catalogue:write')
    .addHelpText(
      'after',
      `
The columns are listed in docs/catalogue-import.md. JSON is an array of products as
PUT /v1/admin/products/{sku} takes them, each with its sku.`,
    )
    .action((file: string, values: OperatorValues & { readonly dryRun?: true; readonly yes?: true }) =>
      run({
        file,
        dryRun: values.dryRun ?? false,
        yes: values.yes ?? false,
        ...operatorOptions(values),
      }),
    );
}
