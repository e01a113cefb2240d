import type { Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { path } from '../command-line/option-values.ts';
import { addProductsCheck } from './check/check-command.ts';
import type { ImportOptions } from './products-options.ts';

const importProducts = async (options: ImportOptions) => {
  const { createProgress } = await import('../terminal/progress.ts');
  const { importProducts: store } = await import('./import-products.ts');
  await store(options, createProgress(process.stdout));
};

/** `entrepot products`. `run` does the work. */
export function addProducts(
  program: Command,
  run: (options: ImportOptions) => Promise<void> = importProducts,
): void {
  const products = program
    .command('products')
    .summary('the catalogue, from files')
    .description('The catalogue, from files.');
  addProductsCheck(products);
  const verb = products
    .command('import')
    .summary('store a catalogue from CSV or JSON in a running backend')
    .description(
      'Checks every product of a file against a running backend, shows which products it would add and change, asks, ' +
        'and stores them. A file with one wrong line stores nothing. A large file is sent in several requests, and ' +
        'each request is stored completely or not at all. After a crash, import the file again: the rest is stored, ' +
        'and stored products stay as they are.',
    )
    .argument('<file>', 'the catalogue: JSON if its name ends in .json, otherwise CSV', path)
    .option('--dry-run', 'show the changes and store nothing')
    .option('--yes', 'store without a question');
  withOperator(verb, 'catalogue:write')
    .addHelpText(
      'after',
      `
docs/catalogue-import.md lists the columns. JSON is an array of products. Each has its sku and the
body of PUT /v1/admin/products/{sku}.`,
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
