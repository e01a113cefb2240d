import { parseArgs } from 'node:util';
import type { Country } from '../../../shared/kernel/country.ts';
import { readUrl } from '../client/operator-options.ts';
import { replayWarehouses } from './network.ts';

export interface ReplayOptions {
  readonly file: string;
  /** A running backend; undefined: the replay starts its own. */
  readonly url: string | undefined;
  /** The sandbox payment provider of that backend, where the shopper's browser confirms. */
  readonly paymentUrl: string | undefined;
  /** The data folder of that backend, where the secret of its operators is. */
  readonly dataDir: string;
  readonly concurrency: number;
  /** At most so many orders. */
  readonly limit: number | undefined;
  /** These destinations alone; undefined: all. */
  readonly countries: ReadonlySet<Country> | undefined;
  /** The countries of the warehouses that the shop ships from. */
  readonly from: ReadonlySet<Country>;
  /** How long to wait for orders while nothing changes any more. */
  readonly patienceMs: number;
  /** Whether an operator releases what screening holds for a person. */
  readonly releaseHeld: boolean;
  readonly keep: boolean;
}

export const REPLAY_HELP = `Usage: npm run replay -- FILE.csv[.gz] [OPTIONS]

Replays real sales (rows in the layout of the UCI Online Retail data set) as orders through the public HTTP API:
catalogue, stock, quote, order, payment, and everything that follows until the parcels are delivered. Ends with
a table by destination, every refused row with its line and reason, and the bill per order. A line that a quote
refuses by name is left out, its rows are refused, and the rest of the basket goes on.

Options:
  --limit N           at most N orders, the first ones of the file
  --countries DE,FR   these destinations alone (ISO codes)
  --from gb,pl        which warehouses the shop has: in Great Britain, in Poland (default both)
  --concurrency N     shoppers at once (default 8)
  --patience SECONDS  give up on orders when none has moved for so long (default 60)
  --release           release what screening holds (many of one SKU, high value), as an operator would
  --keep              leave the cloud up at the end, to look at the orders, until Ctrl-C
  --url URL           a running backend instead of one of its own; its exchange rates and the seller's
                      registrations become those of the replay
  --payment-url URL   with --url: the sandbox payment provider that it talks to
  --data FOLDER       with --url: the data folder of that backend (default .local)
  --help              this text

Writes .local/replay/refused.csv and .local/replay/report.html. Ctrl-C stops and prints what is done so far.
`;

/** Reads the command line. Throws an Error whose message can be shown. Undefined: help was asked for. */
export function readReplayOptions(args: readonly string[]): ReplayOptions | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      'payment-url': { type: 'string' },
      data: { type: 'string', default: '.local' },
      concurrency: { type: 'string', default: '8' },
      limit: { type: 'string' },
      from: { type: 'string', default: 'gb,pl' },
      countries: { type: 'string' },
      patience: { type: 'string', default: '60' },
      release: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [file, ...more] = positionals;
  if (file === undefined)
    throw new Error('which file? npm run replay -- FILE.csv[.gz]   (--help tells more)');
  if (more.length > 0) throw new Error(`one file at a time, not also ${more.join(', ')}`);
  if ((values.url === undefined) !== (values['payment-url'] === undefined)) {
    throw new Error(
      '--url and --payment-url go together: orders are paid at the provider that the backend asks',
    );
  }
  return {
    file,
    url: values.url === undefined ? undefined : readUrl('--url', values.url),
    paymentUrl:
      values['payment-url'] === undefined ? undefined : readUrl('--payment-url', values['payment-url']),
    dataDir: values.data,
    concurrency: wholeNumber('--concurrency', values.concurrency, 200),
    limit: values.limit === undefined ? undefined : wholeNumber('--limit', values.limit, 10_000_000),
    countries: values.countries === undefined ? undefined : countriesOf('--countries', values.countries),
    from: warehousesOf(values.from),
    patienceMs: wholeNumber('--patience', values.patience, 86_400) * 1000,
    releaseHeld: values.release,
    keep: values.keep,
  };
}

function wholeNumber(option: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new Error(`${option} takes a whole number from 1 to ${max}, not ${JSON.stringify(text)}`);
  }
  return value;
}

function countriesOf(option: string, text: string): ReadonlySet<Country> {
  const codes = text.split(',').map((code) => code.trim().toUpperCase());
  const wrong = codes.filter((code) => !/^[A-Z]{2}$/.test(code));
  if (wrong.length > 0) {
    throw new Error(`${option} takes two-letter codes such as DE,FR, not ${JSON.stringify(wrong.join(','))}`);
  }
  return new Set(codes);
}

function warehousesOf(text: string): ReadonlySet<Country> {
  const countries = countriesOf('--from', text);
  const known = replayWarehouses.map(({ address }) => address.country);
  const unknown = [...countries].filter((country) => !known.includes(country));
  if (unknown.length > 0) {
    throw new Error(`--from takes ${known.join(' or ').toLowerCase()}: there is no warehouse in ${unknown}`);
  }
  return countries;
}
