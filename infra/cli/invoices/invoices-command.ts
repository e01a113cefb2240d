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

/** `entrepot invoices`. `run` does the work with the options read. */
export function addInvoices(
  program: Command,
  run: (options: InvoicesOptions) => Promise<void> = importInvoices,
): void {
  const verb = program
    .command('invoices')
    .summary("carriers' invoices, held against the rate cards")
    .description("Carriers' invoices, held against the rate cards.")
    .command('import')
    .summary("hold a file of carriers' invoices against the rate cards")
    .description(
      "Holds the lines of carriers' invoices against what the rate cards said when their parcels were quoted, " +
        'through the admin API (POST /v1/admin/carrier-invoices). Equal or below is matched, above is disputed and ' +
        "puts the order on the operators' work list, a tracking number that no parcel has is unmatched. A file with " +
        'an error stores nothing: every error is named with its line. A file imported again changes nothing.',
    )
    .argument('<file>', 'the invoices in CSV', path)
    .option('--dry-run', 'say what each line would be, store nothing');
  withOperator(verb, 'orders:write')
    .addHelpText(
      'after',
      `
The first line of the file names the columns, in any order:
  carrier, invoiceNumber, trackingNumber, amount, currency, and if known billedWeightGrams
Amounts are before tax, in the major unit: 12.30, or 12,30 where semicolons separate the cells.`,
    )
    .action((file: string, values: OperatorValues & { readonly dryRun?: true }) =>
      run({ file, dryRun: values.dryRun ?? false, ...operatorOptions(values) }),
    );
}
