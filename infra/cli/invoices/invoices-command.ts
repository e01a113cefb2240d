import type { Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { exitWith } from '../command-line/exit-with.ts';
import { path } from '../command-line/option-values.ts';
import { readTextFile } from '../files/read-text-file.ts';
import { say } from '../terminal/say.ts';
import type { InvoicesOptions } from './invoices-options.ts';

const importInvoices = async (options: InvoicesOptions) => {
  const { operatorAt } = await import('../client/operator-at.ts');
  const { importInvoices: store } = await import('./import-invoices.ts');
  exitWith(await store(options, readTextFile(options.file), () => operatorAt(options), say));
};

/** `entrepot invoices`. `run` does the work. */
export function addInvoices(
  program: Command,
  run: (options: InvoicesOptions) => Promise<void> = importInvoices,
): void {
  const verb = program
    .command('invoices')
    .summary("carriers' invoices, compared with the rate cards")
    .description("Carriers' invoices, compared with the rate cards.")
    .command('import')
    .summary("compare a file of carriers' invoices with the rate cards")
    .description(
      "Compares the lines of carriers' invoices with the quoted freight of their parcels, through the admin API " +
        '(POST /v1/admin/carrier-invoices). A line at or below the quoted freight is matched. A line above it is ' +
        "disputed, and its order goes on the operators' attention list. A line whose tracking number no parcel has is " +
        'unmatched. A file with an error stores nothing, and every error is printed with its line. A file that is ' +
        'imported again changes nothing.',
    )
    .argument('<file>', 'the invoices in CSV', path)
    .option('--dry-run', 'show the result of each line and store nothing');
  withOperator(verb, 'orders:write')
    .addHelpText(
      'after',
      `
The first line of the file names the columns, in any order:
  carrier, invoiceNumber, trackingNumber, amount, currency, and if known billedWeightGrams
Amounts are before tax, in the major unit: 12.30, or 12,30 if semicolons separate the cells.`,
    )
    .action((file: string, values: OperatorValues & { readonly dryRun?: true }) =>
      run({ file, dryRun: values.dryRun ?? false, ...operatorOptions(values) }),
    );
}
