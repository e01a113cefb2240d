import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { exitWith } from '../command-line/exit-with.ts';
import { path, wholeNumber } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';
import { addMutations } from './mutations-command.ts';

/** Enough for steady figures, and read in seconds. */
const LAKE_ORDERS = 10_000;
/** They take some minutes on two cores. */
const RECOUNT_INVOICES = 150;
const BENCH_PARTS = ['landed-cost', 'plan', 'requests', 'flash-sale'] as const;

/** Commands for developers of the project: `entrepot test`, `check`, `mutations`, `bench` and `synth`. */
export function addProject(program: Command): void {
  program
    .command('test')
    .summary('run every check of the project')
    .description(
      'Runs every check, or the checks whose names contain one of the words: types; lint and format; import directions; dead code; ' +
        'synth with cdk-nag; unit, contract, component, infra, architecture; end to end.',
    )
    .argument('[words...]', 'parts of the names of checks')
    .action(async (words: readonly string[]) =>
      exitWith(await (await import('../../../test/run-all.ts')).runSteps(words)),
    );
  program
    .command('check')
    .summary('check only types, lint, import directions and dead code')
    .description(
      'Checks types, lint and format, import directions, and that every file, export and dependency is used.',
    )
    .action(async () =>
      exitWith(
        await (await import('../../../test/run-all.ts')).runSteps(['types', 'lint', 'import', 'dead']),
      ),
    );
  addCheckCloud(program);
  addCheckFuzz(program);
  addCheckRecount(program);
  program
    .command('check:engine')
    .summary('run the tests of the stores on another table engine')
    .description(
      'Runs the tests of the stores on MiniStack, an emulator of AWS that others wrote, in place of the installed ' +
        'table engine. The first run installs it with pip into node_modules/.cache. Without Python 3.10 or newer the ' +
        'check says that it is skipped. It is not part of `entrepot test`.',
    )
    .action(async () =>
      exitWith(await (await import('../../../test/other-clouds/check-engine.ts')).checkEngine()),
    );
  program
    .command('check:policies')
    .summary('compare replenishment policies with a textbook library')
    .description(
      'Computes safety stocks, order quantities, (r, Q) policies and safety stock placements of textbook instances, and ' +
        'compares them with stockpyl (PyPI, Python 3.10 or newer; installed at the first run into node_modules/.cache). ' +
        'The exit code is 1 if one differs by more than a millionth. Without Python the check says that it is skipped. ' +
        'It is not part of `entrepot test`.',
    )
    .action(async () =>
      exitWith(await (await import('../../../test/textbook/check-policies.ts')).checkPolicies()),
    );
  addMutations(program);
  addBench(program);
  addSynth(program);
}

function addCheckCloud(program: Command): void {
  program
    .command('check:cloud')
    .summary('follow the guide for a deployment on another emulator of AWS')
    .description(
      'Runs the commands of docs/deploy.md as they are written there on MiniStack, an emulator of AWS that others wrote (PyPI, ' +
        'Python 3.10 or newer; installed at the first run with the AWS command line): bootstrap, deployment, token, ' +
        'partners, the shop, an order to its delivery, a name, restored table and removal. Then creates the stage of the ' +
        'previous release, updates it, calls it, and rolls it back. Commands that can not run there, and what MiniStack ' +
        'lacks, are printed with the reason. Needs bash, curl and jq. Skips, and says so, where MiniStack cannot be had. ' +
        'npm test does not run it.',
    )
    .option('--keep-release', 'keep the templates of now as those of the previous release, and check nothing')
    .action(async ({ keepRelease }: { readonly keepRelease?: true }) => {
      const { checkCloud } = await import('../../../test/other-clouds/check-cloud.ts');
      exitWith(await checkCloud({ keepsRelease: keepRelease === true }, say));
    });
}

function addCheckFuzz(program: Command): void {
  program
    .command('check:fuzz')
    .summary('send requests made of the contract to a local backend')
    .description(
      'Starts a backend with the sample shop and a temporary folder, and sends requests to it that Schemathesis makes of our ' +
        'OpenAPI (PyPI, Python 3.10 or newer; installed at the first run), as a storefront and as an operator. The exit ' +
        'code is 1 if an answer was a server error, if its status, type or shape is not in the contract, or if invalid ' +
        'input was accepted. Skips, and says so, where Schemathesis cannot be had. npm test does not run it.',
    )
    .option('--seconds <number>', 'how long each caller is played', wholeNumber(1, 3_600), 120)
    .option('--seed <number>', 'the seed of the requests', wholeNumber(0, 1_000_000), 1)
    .action(async (options: { readonly seconds: number; readonly seed: number }) => {
      const { checkFuzz } = await import('../../../test/fuzz/check-fuzz.ts');
      exitWith(await checkFuzz(options, say));
    });
}

function addCheckRecount(program: Command): void {
  program
    .command('check:recount')
    .summary('count the figures of all reports again with other code')
    .description(
      'Sells invoices of a file through the API of a local backend with a temporary folder, as `entrepot replay` does, ' +
        'adds refunds, unpaid and refused orders, visits, costs and movements of stock, and makes every report. A ' +
        'program in Python with pandas (PyPI, Python 3.10 or newer; installed at the first run) counts the figures ' +
        'again from the file, the API and the table, without the lake and without SQL. The exit code is 1 if a figure ' +
        'differs. Skips, and says so, where the file, Python or pandas cannot be had. npm test does not run it.',
    )
    .argument('[file]', 'the sales: a CSV file, plain or gzipped', path, 'online-retail-2010-12.csv.gz')
    .option(
      '--invoices <number>',
      'how many invoices are sold, spread over the file; large ones become several orders',
      wholeNumber(1, 10_000_000),
      RECOUNT_INVOICES,
    )
    .option('--keep <folder>', 'keep what was counted in this folder, which is emptied first', path)
    .action(async (file: string, options: { readonly invoices: number; readonly keep?: string }) => {
      const { checkRecount } = await import('../../../test/recount/check-recount.ts');
      exitWith(await checkRecount({ file, invoices: options.invoices, keep: options.keep }, say));
    });
}

function addBench(program: Command): void {
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
    .summary('measure replenishment: proposals, memory and linear programmes')
    .description(
      'Plans 100,000 SKU-sites, and transfers of 5,000 SKUs between 200 sites that share their docks. Prints plans a ' +
        'second, memory, and the time of the linear programmes; the last lines are `replenish <name> <value>`.',
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
        'With --stored it measures whether effort grows with the number of stored orders: it fills the table with ' +
        'copies of real orders, and then one shopper and four quote, order and pay. Without other options, each number ' +
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

function addSynth(program: Command): void {
  program
    .command('synth')
    .summary('write the CloudFormation templates')
    .description(
      'Synthesises the stacks: writes the CloudFormation templates and the bundled functions to cdk.out, or to the ' +
        'folder that CDK_OUTDIR names. Fails if a security rule of cdk-nag is broken.',
    )
    .option(
      '-c, --context <name=value>',
      'a context value, such as stage=sandbox; may be repeated',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .action(async ({ context = [] }: { readonly context?: readonly string[] }, command: Command) => {
      const wrong = context.find((pair) => pair.indexOf('=') < 1);
      if (wrong !== undefined)
        command.error(`error: --context needs name=value; ${wrong} is not of this form`);
      const pairs = context.map((pair) => {
        const equals = pair.indexOf('=');
        return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
      });
      const { synthesiseApp } = await import('../../synthesise-app.ts');
      synthesiseApp(Object.fromEntries(pairs));
    });
}
