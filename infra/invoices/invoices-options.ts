import { parseArgs } from 'node:util';

export interface InvoicesOptions {
  readonly file: string;
  readonly url: string;
  /** An access token with `orders:write`; undefined: sign in at the local cloud whose data is in `dataDir`. */
  readonly token: string | undefined;
  readonly dataDir: string;
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
  --url URL        the backend (default http://127.0.0.1:3000)
  --token TOKEN    an access token with orders:write (or ENTREPOT_TOKEN in the environment)
  --data FOLDER    without a token: the data folder of a local cloud, to sign in there (default .local)
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
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      token: { type: 'string' },
      data: { type: 'string', default: '.local' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [command, file, ...more] = positionals;
  if (command !== 'import' || file === undefined || more.length > 0)
    throw new Error('npm run invoices -- import FILE.csv   (--help tells more)');
  if (!URL.canParse(values.url) || !/^https?:/.test(values.url))
    throw new Error(
      `--url takes an address such as http://127.0.0.1:3000, not ${JSON.stringify(values.url)}`,
    );
  return {
    ...{ file, url: values.url, dataDir: values.data, dryRun: values['dry-run'] },
    token: values.token ?? environment.ENTREPOT_TOKEN,
  };
}
