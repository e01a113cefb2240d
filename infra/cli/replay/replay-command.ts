import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Country } from '../../../shared/kernel/country.ts';
import { path, webAddress, wholeNumber } from '../command-line/option-values.ts';
import { type ReplayOptions, WAREHOUSE_COUNTRIES } from './replay-options.ts';

/**
 * Longer than the five minutes after which the backend repeats a step whose message was lost, and the minute between
 * two looks for such steps.
 */
const DEFAULT_PATIENCE_SECONDS = 400;

interface Values {
  readonly limit?: number;
  readonly countries?: ReadonlySet<Country>;
  readonly from: ReadonlySet<Country>;
  readonly concurrency: number;
  readonly patience: number;
  readonly hold?: true;
  readonly keep?: true;
  readonly url?: string;
  readonly paymentUrl?: string;
  readonly data: string;
}

const HELP = `
Orders: each invoice of the file is an order, in the sequence of the file. An invoice that is too
large for one order becomes several (536365/1, 536365/2). --limit takes the first orders, and
--countries leaves all other destinations out.

Screening holds an order for a person if it costs much or has many units of one product. This
retailer also sells wholesale, so about two orders of three are held. The replay releases them, as
an operator does after a check (POST /v1/admin/orders/{id}/release), and prints how many orders
each rule held. With --hold they stay held and are not delivered.

Warehouses: each has enough of everything, and the backend plans which one ships. With both
warehouses, orders for the European Union leave from Poland and cross no customs border. With
--from gb they are imports with duty and tax.

Writes orders.csv (each order with its result, the rule that held it and how to release it),
refused.csv and report.html to .local/replay/. Ctrl-C stops and prints the results so far.

Examples:
  npm run replay -- sales.csv.gz --limit 50
  npm run replay -- sales.csv.gz --limit 50 --hold
  npm run replay -- sales.csv.gz --from gb --countries DE,FR,NO,US`;

/** `entrepot replay`. `run` does the work. */
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
        'Ends with a table by destination, every refused row with its line and reason, and the bill per order. If a ' +
        'quote refuses a line and names it, the replay leaves the line out and orders the rest of the basket.',
    )
    .argument('<file>', 'the sales: a CSV file, plain or gzipped', path)
    .option(
      '--limit <number>',
      'the largest number of orders, from the start of the file',
      wholeNumber(1, 10_000_000),
    )
    .option('--countries <codes>', 'only these destinations: DE,FR (ISO codes)', countryCodes)
    .addOption(
      new Option('--from <codes>', 'the countries in which the shop has warehouses')
        .argParser(warehouses)
        .default(new Set(WAREHOUSE_COUNTRIES), WAREHOUSE_COUNTRIES.join(',')),
    )
    .option('--concurrency <number>', 'the number of shoppers at the same time', wholeNumber(1, 200), 4)
    .option(
      '--patience <seconds>',
      'stop waiting when no order has changed for this time',
      wholeNumber(1, 86_400),
      DEFAULT_PATIENCE_SECONDS,
    )
    .option('--hold', 'do not release the orders that screening holds')
    .option('--keep', 'keep the backend running at the end, until Ctrl-C, so that you can look at the orders')
    .option(
      '--url <address>',
      "use a running backend instead of a new one; the replay replaces its exchange rates and the seller's " +
        'registrations',
      webAddress,
    )
    .option(
      '--payment-url <address>',
      "with --url: the address of that backend's sandbox payment provider",
      webAddress,
    )
    .option('--data <folder>', 'with --url: the data folder of that backend', path, '.local')
    .addHelpText('after', HELP)
    .action((file: string, values: Values, command: Command) => {
      if ((values.url === undefined) !== (values.paymentUrl === undefined))
        command.error(
          'error: give --url and --payment-url together: orders are paid at the provider of that backend',
        );
      return run({
        file,
        url: values.url,
        paymentUrl: values.paymentUrl,
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
