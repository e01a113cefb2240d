import { parseArgs } from 'node:util';
import {
  type OperatorOptions,
  operatorHelp,
  operatorOptions,
  readOperator,
} from '../client/operator-options.ts';

export interface InvoicesOptions extends OperatorOptions {
  readonly file: string;
  readonly dryRun: boolean;
}

export const INVOICES_HELP = `Usage: npm run invoices -- import FILE.csv [OPTIONS]

Holds the lines of carriers' invoices against what the rate cards said when their parcels were quoted, through the
admin API (POST /v1/admin/carrier-invoices). Equal or below is matched, above is disputed and puts the order on the
operators' work list, a tracking number that no parcel has is unmatched. A file with an error stores nothing: every
error is named with its line. A file imported again changes nothing.

The first line of the file names the columns, in any order:
  carrier, invoiceNumber, trackingNumber, amount, currency, and if known billedWeightGrams
Amounts are before tax, in the major unit with a decimal point: 12.30.

Options:
  --dry-run        tell what each line would be, store nothing
${operatorHelp('orders:write', 17)}
  --help           this text
`;

/** Reads the command line. Throws an Error whose message can be shown. Undefined: help was asked for. */
export function readInvoicesOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): InvoicesOptions | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      ...operatorOptions,
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [command, file, ...more] = positionals;
  if (command !== 'import' || file === undefined || more.length > 0)
    throw new Error('npm run invoices -- import FILE.csv   (--help tells more)');
  return { file, dryRun: values['dry-run'], ...readOperator(values, environment.ENTREPOT_TOKEN) };
}
