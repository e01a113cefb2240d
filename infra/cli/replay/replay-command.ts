import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Country } from '../../../shared/kernel/country.ts';
import { path, webAddress, wholeNumber } from '../command-line/option-values.ts';
import { type ReplayOptions, WAREHOUSE_COUNTRIES } from './replay-options.ts';

interface Values {
  readonly limit?: number;
  readonly countries?: ReadonlySet<Country>;
  readonly from: ReadonlySet<Country>;
  readonly concurrency: number;
  readonly patience: number;
  readonly hold?: true;
  readonly keep?: true;
  readonly url?: string;
  readonly stripeUrl?: string;
  readonly data: string;
}

const HELP = `
Orders: an invoice of the file is an order, in the order of the file. One that is too large for an
order becomes several (536365/1, 536365/2). --limit takes the first ones; --countries leaves all
other destinations out.

Screening holds an order for a person when it costs much or has many units of one product. This
retailer sells wholesale as well, so about two orders of three are held. The replay releases them,
as an operator does after looking at each (POST /v1/admin/orders/{id}/release), and says which
rule had held how many. With --hold they stay held and are not delivered.

Warehouses: each has enough of everything, and the backend plans which one ships. With both,
orders for the European Union leave from Poland and cross no customs border; with --from gb they
are imports with duty and tax.

Writes orders.csv (what became of each order, which rule held it, what releases it), refused.csv
and report.html to .local/replay/. Ctrl-C stops and prints what is done so far.

Examples:
  npm run replay -- sales.csv.gz --limit 50
  npm run replay -- sales.csv.gz --limit 50 --hold
  npm run replay -- sales.csv.gz --from gb --countries DE,FR,NO,US`;

/** `entrepot replay`. `run` does the work with the options read. */
export function addReplay(
  program: Command,
  run: (options: ReplayOptions) => Promise<void> = async (options) =>
    (await import('./replay.ts')).replay(options),
): void {
  program
    .command('replay')
    .summary('sell the rows of a file of real sales through the public API')
    .description(
      'Replays real sales (rows in the layout of the UCI Online Retail data set) as orders through the public HTTP ' +
        'API: catalogue, stock, quote, order, payment, and everything that follows until the parcels are delivered. ' +
        'Ends with a table by destination, every refused row with its line and reason, and the bill per order. A ' +
        'line that a quote refuses by name is left out, its rows are refused, and the rest of the basket goes on.',
    )
    .argument('<file>', 'the sales: a CSV file, plain or gzipped', path)
    .option(
      '--limit <number>',
      'at most so many orders, the first ones of the file',
      wholeNumber(1, 10_000_000),
    )
    .option('--countries <codes>', 'these destinations alone: DE,FR (ISO codes)', countryCodes)
    .addOption(
      new Option('--from <codes>', 'in which countries the shop has warehouses')
        .argParser(warehouses)
        .default(new Set(WAREHOUSE_COUNTRIES), WAREHOUSE_COUNTRIES.join(',')),
    )
    .option('--concurrency <number>', 'shoppers at once', wholeNumber(1, 200), 8)
    .option(
      '--patience <seconds>',
      'give up on orders when none has moved for so long',
      wholeNumber(1, 86_400),
      60,
    )
    .option('--hold', 'leave held what screening holds for a person')
    .option('--keep', 'leave the cloud up at the end, to look at the orders, until Ctrl-C')
    .option(
      '--url <address>',
      "a running backend instead of one of its own; its exchange rates and the seller's registrations become " +
        'those of the replay',
      webAddress,
    )
    .option('--stripe-url <address>', 'with --url: the sandbox payment provider that it talks to', webAddress)
    .option('--data <folder>', 'with --url: the data folder of that backend', path, '.local')
    .addHelpText('after', HELP)
    .action((file: string, values: Values, command: Command) => {
      if ((values.url === undefined) !== (values.stripeUrl === undefined))
        command.error(
          'error: --url and --stripe-url go together: orders are paid at the provider that the backend asks',
        );
      return run({
        file,
        url: values.url,
        stripeUrl: values.stripeUrl,
        dataDir: values.data,
        concurrency: values.concurrency,
        limit: values.limit,
        countries: values.countries,
        from: values.from,
        patienceMs: values.patience * 1000,
        releaseHeld: values.hold !== true,
        keep: values.keep ?? false,
      });
    });
}

function countryCodes(text: string): ReadonlySet<Country> {
  const codes = text.split(',').map((code) => code.trim().toUpperCase());
  if (codes.some((code) => !/^[A-Z]{2}$/.test(code)))
    throw new InvalidArgumentError('It takes two-letter codes such as DE,FR.');
  return new Set(codes);
}

function warehouses(text: string): ReadonlySet<Country> {
  const countries = countryCodes(text);
  const unknown = [...countries].filter((country) => !WAREHOUSE_COUNTRIES.includes(country));
  if (unknown.length > 0)
    throw new InvalidArgumentError(
      `It takes ${WAREHOUSE_COUNTRIES.join(' or ')}: there is no warehouse in ${unknown.join(', ')}.`,
    );
  return countries;
}
