import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { exitWith } from '../command-line/exit-with.ts';
import { day, wholeNumber } from '../command-line/option-values.ts';

/** Enough for steady figures, and read in seconds. */
const LAKE_ORDERS = 10_000;
const MANY_ORDERS = 100_000;
const BENCH_PARTS = ['landed-cost', 'plan', 'requests', 'flash-sale'] as const;

/** `entrepot bench` and its parts. */
export function addBench(program: Command): void {
  const bench = program
    .command('bench')
    .summary('measurements')
    .description('Measurements. They print counts and ratios.');
  bench
    .command('bill')
    .summary('print what two orders cost on AWS')
    .description(
      'Starts a backend with its sandboxes and a temporary folder, and carries two kinds of orders to their delivery, one ' +
        'order at a time. Prints each billed unit with its price on demand, and with provisioned capacity of the table ' +
        'at 70 % use; then the monthly cost of a stage without orders. The last lines are: bill <name> <millionths of ' +
        'a US dollar>.',
    )
    .action(async () => (await import('../../../test/bench/bench.ts')).benchOrderBill());
  bench
    .command('idle')
    .summary('print what a stage costs without orders')
    .description(
      'Prints the monthly cost of the stages sandbox and production without any order, item by item, from the ' +
        'synthesised templates and list prices. The last line of a stage is: idle <stage> <US dollars>.',
    )
    .action(async () => (await import('../../../test/bench/bench.ts')).benchIdleStages());
  addLoad(bench);
  addPayment(bench);
  addCoverage(bench);
  addConsole(bench);
  bench
    .command('writes')
    .summary('count what each step of an order writes')
    .description(
      'Carries two orders from their quote to their delivery over a real table engine, and prints the write and read ' +
        'units that the engine reports for each step.',
    )
    .action(async () => (await import('../../../test/bench/bench.ts')).benchWrites());
  bench
    .command('replenish')
    .summary('measure replenishment: forecasts, proposals, memory and linear programmes')
    .description(
      'Forecasts series of two years of days, does the daily run over 100,000 SKU-sites, plans them, and transfers of ' +
        '5,000 SKUs between 200 sites that share their docks. Prints forecasts and plans a processor second, memory, ' +
        'and the processor time of the linear programmes; the last lines are `replenish <name> <value>`.',
    )
    .action(async () => (await import('../../../test/bench/bench.ts')).benchReplenishment());
  bench
    .command('lake')
    .summary('measure the lake: facts into tables, and queries')
    .description(
      'Makes tables of the facts of made-up orders, and asks them for up to a million orders. Prints time, bytes and ' +
        'memory; the last lines are `lake <name> <value>`.',
    )
    .addOption(
      new Option(
        '--orders <orders>',
        'the orders whose facts are read; the tables of more are copies of theirs',
      )
        .argParser(wholeNumber(1, 1_000_000))
        .default(LAKE_ORDERS, String(LAKE_ORDERS)),
    )
    .action(async ({ orders }: { readonly orders: number }) =>
      (await import('../../../test/bench/bench.ts')).benchLakeTables(orders),
    );
  bench
    .command('quote')
    .summary('measure the effort of a quote and an order')
    .description(`Measures the effort of a quote and an order, and prints counts and ratios. flash-sale fails if a
unit was sold twice or an order is incomplete. Parts (default: all):

landed-cost  lines a second of the pure computation, by destination
plan         plan search: time and number of costed consignments by lines and warehouses, and the
             distance of the heuristic from the best plan
requests     units that a quote and an order read and write on the local backend, and their cost
flash-sale   one SKU, many buyers: orders a second by buckets under the partition limit`)
    .addArgument(new Argument('[parts...]', 'the measurements').choices(BENCH_PARTS))
    .action(async (parts: readonly string[]) =>
      (await import('../../../test/bench/bench.ts')).benchQuote(parts),
    );
}

function addPayment(bench: Command): void {
  bench
    .command('payment')
    .summary('measure payments: webhooks, the price of an order by method, bundles')
    .description(
      'Starts a backend with its sandboxes and a temporary folder. Carries orders by every method of every provider ' +
        'to their delivery, sends genuine webhooks with 1, 16 and 64 callers, and loads the bundles of the payment functions ' +
        'in fresh processes. The last lines are: payment <name> <value>.',
    )
    .action(async () => (await import('../../../test/bench/bench.ts')).benchPayments());
}

function addConsole(bench: Command): void {
  bench
    .command('console')
    .summary('measure the console in a browser: bytes, requests, and the time to a list of many orders')
    .description(
      'Starts a backend with a temporary folder and opens the console in the Chromium of the tests, with few orders and ' +
        'then with many. Prints bytes and requests of the sign-in and of the list of orders, and the time to the list. ' +
        '100,000 orders take 2 GB of disk. The last lines are: console <name> <value>.',
    )
    .option('--stored <number>', 'copies of orders that are stored', wholeNumber(1, 1_000_000), MANY_ORDERS)
    .action(async ({ stored }: { readonly stored: number }) =>
      (await import('../../../test/bench/bench.ts')).benchConsoleInBrowser(stored),
    );
}

function addCoverage(bench: Command): void {
  bench
    .command('coverage')
    .summary('measure the share of usual goods that is priced, by destination')
    .description(
      'Prices 90 usual kinds of consumer goods from four countries at four values to 34 destinations, with the codes ' +
        'that declarations ask for and with six digits. Prints the share that is priced and the reasons of refusal. ' +
        'It takes about a minute. The last lines are: coverage <name> <per cent>.',
    )
    .option('--date <day>', 'the day of the prices, as YYYY-MM-DD', day, '2026-12-01')
    .option('--reasons <number>', 'reasons of refusal by destination', wholeNumber(0, 100), 2)
    .action(async (options: { readonly date: string; readonly reasons: number }) =>
      (await import('../../../test/bench/bench.ts')).benchPricedShare(options),
    );
}

const MAX_SHOPPERS = 1_024;

/** Reads numbers of shoppers, such as `1,4,16`. */
function levels(text: string): number[] {
  const one = wholeNumber(1, MAX_SHOPPERS);
  return text.split(',').map((level) => one(level.trim()));
}

/** Reads rising numbers of stored orders. Throws an error that the terminal shows where they do not rise. */
function storedNumbers(text: string): number[] {
  const one = wholeNumber(1, 10_000_000);
  const numbers = text.split(',').map((each) => one(each.trim()));
  if (numbers.some((each, index) => each <= (numbers[index - 1] ?? 0)))
    throw new InvalidArgumentError('Each number must be higher than the one before.');
  return numbers;
}

function addLoad(bench: Command): void {
  bench
    .command('load')
    .summary('measure what the local backend carries')
    .description(
      'Starts a backend with its sandboxes and a temporary folder, and lets shoppers quote and order, more and more at ' +
        'once. A shopper that is answered with 429 or 503 repeats the request after the time that the answer names. ' +
        'Then shoppers also pay, more and more at once, and each level lasts until their orders are delivered. Prints ' +
        'orders a second, times, processor time, memory and answers by status; its last lines are ' +
        '`load <name> <value>`. The exit code is 1 if an answer was a server error other than 503, if a 429 or 503 had ' +
        'no Retry-After, or if an order that was paid was not delivered.\n\n' +
        'With --stored it measures whether effort grows with the number of stored orders: for each number it fills a ' +
        'table with copies of real orders, and then one shopper and four quote, order and pay. Without other options, each number ' +
        'takes some two minutes beside the filling, and 100,000 orders take 2 GB of disk.',
    )
    .option(
      '--stored <numbers>',
      'numbers of stored orders, in turn, such as 1000,10000,100000',
      storedNumbers,
    )
    .option('--levels <numbers>', 'numbers of shoppers at once, in turn', levels, [1, 4, 16, 64, 256])
    .option('--seconds <number>', 'how long each level lasts', wholeNumber(1, 3_600), 8)
    .option('--paying <numbers>', 'numbers of paying shoppers at once, in turn', levels, [4, 16, 64, 256])
    .option('--no-paying', 'pay and deliver no order')
    .option('--paying-seconds <number>', 'how long shoppers that pay order', wholeNumber(1, 3_600), 30)
    .option(
      '--warm-up <number>',
      'delivered orders before the figures of paying shoppers are taken',
      wholeNumber(1, 10_000),
      60,
    )
    .action(async (values: LoadValues) => exitWith(await measureLoad(values)));
}

async function measureLoad({ stored, levels: asked, seconds, paying, payingSeconds, warmUp }: LoadValues) {
  if (stored !== undefined) {
    const { benchGrowth } = await import('../../../test/bench/load/growth.ts');
    return benchGrowth({ stored, seconds, payingSeconds, warmUpOrders: warmUp });
  }
  const { benchLoad } = await import('../../../test/bench/load/load.ts');
  const payingLevels = paying === false ? [] : paying;
  return benchLoad({ levels: asked, seconds, payingLevels, payingSeconds, warmUpOrders: warmUp });
}

interface LoadValues {
  readonly stored?: readonly number[];
  readonly levels: readonly number[];
  readonly seconds: number;
  readonly paying: readonly number[] | false;
  readonly payingSeconds: number;
  readonly warmUp: number;
}
