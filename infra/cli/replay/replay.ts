import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Bill } from '../../../shared/usage/bill.ts';
import { createApiClient } from '../client/api-client.ts';
import { operatorClient } from '../client/operator-client.ts';
import { createProgress } from '../terminal/progress.ts';
import { grouped } from '../terminal/text-table.ts';
import { listenForInterruption } from '../terminal/until-interrupted.ts';
import { atOnce } from './at-once.ts';
import { buildCatalogue, type Catalogue } from './build-catalogue.ts';
import { firstOrders, salesTo, unitsOf, withoutProducts } from './choose-orders.ts';
import { followOrders } from './follow-orders.ts';
import { openShop } from './open-shop.ts';
import { outcomesOf } from './order-outcomes.ts';
import { type Placing, placeOrder, type Shopper } from './place-order.ts';
import { type OrderPlan, type PlannedOrder, planOrders } from './plan-orders.ts';
import { readFile } from './read-file.ts';
import { readLimits } from './read-limits.ts';
import type { ReplayOptions } from './replay-options.ts';
import { reportPage } from './report-page.ts';
import { summarise } from './summary.ts';
import { type Replayed, tally } from './tally.ts';
import { findTarget, type Target } from './target.ts';
import { writeOrders } from './write-orders.ts';
import { writeRefusals } from './write-refusals.ts';

const FOLDER = '.local/replay';
/** The clocks of two machines can differ a little. So the replay accepts orders from one minute before its start. */
const CLOCK_MARGIN_MS = 60_000;
/** The calls that any order needs take about as long as the pricing of this many lines. */
const LINES_PER_ORDER = 5;

const progress = createProgress(process.stdout);

async function main(options: ReplayOptions, signal: AbortSignal): Promise<void> {
  const { rowsRead, sales, refusals } = await readFile(options.file);
  const wanted = salesTo(sales, options.countries);
  const catalogue = buildCatalogue(wanted);
  progress.say(
    `${basename(options.file)}: ${grouped(rowsRead)} rows, ${grouped(wanted.length)} of them sales to replay, ` +
      `${grouped(catalogue.products.size)} products`,
  );
  mkdirSync(FOLDER, { recursive: true });
  const target = await findTarget(options, FOLDER, progress.say);
  try {
    const plan = planOrders(catalogue.sales, catalogue.products, await readLimits(target.url));
    const chosen = firstOrders(plan.orders, options.limit);
    const sold = await sell({ target, options, catalogue, orders: chosen.orders, signal });
    const replayed: Replayed = {
      rowsRead,
      rowsLeftOut: sales.length - wanted.length + chosen.rowsLeftOut,
      refusals: [...refusals, ...catalogue.refusals, ...plan.refusals, ...sold.refusals],
      orders: sold.orders,
      placings: sold.placings,
      whereabouts: sold.whereabouts,
    };
    await report({ replayed, plan, sold, options });
    if (options.keep && !signal.aborted) await stayUp(target, signal);
  } finally {
    await target.stop();
  }
}

interface Selling {
  readonly target: Target;
  readonly options: ReplayOptions;
  readonly catalogue: Catalogue;
  readonly orders: readonly PlannedOrder[];
  readonly signal: AbortSignal;
}

interface Sold extends Pick<Replayed, 'orders' | 'refusals' | 'placings' | 'whereabouts'> {
  readonly seconds: number;
  /**
   * The bill since the first order, divided by this number of orders. Undefined if the replay cannot meter the
   * backend.
   */
  readonly bill: ((orders: number) => Bill) | undefined;
}

/** Opens the shop, places the orders, and follows each order until it ends. */
async function sell({ target, options, catalogue, orders, signal }: Selling): Promise<Sold> {
  const since = new Date(Date.now() - CLOCK_MARGIN_MS).toISOString();
  const runId = randomBytes(6).toString('hex');
  const operator = await operatorClient(target.url, target.signIn);
  const units = unitsOf(orders);
  const products = [...catalogue.products.values()].filter(({ sku }) => units.has(sku));
  const { concurrency, from, patienceMs, releaseHeld } = options;
  const shop = await openShop(operator, { products, units, runId, concurrency, from }, progress, signal);
  const kept = withoutProducts(orders, shop.refusedProducts);
  const bill = target.meter();
  const began = performance.now();

  const storefront = createApiClient(target.url, { 'x-entrepot-key': shop.storefrontKey });
  const shopper = { storefront, checkout: target.checkout, runId, signal };
  const placings = await placeAll(kept.orders, shopper, concurrency);
  const orderIds = new Set(
    [...placings.values()].flatMap((each) => (each.outcome === 'placed' ? [each.orderId] : [])),
  );
  const step = progress.start(releaseHeld ? 'Delivered' : 'Delivered or held', orderIds.size, 'orders');
  const following = { operator, orderIds, since, patienceMs, releaseHeld, signal, step };
  const whereabouts = await followOrders(following);
  step.end();
  const seconds = (performance.now() - began) / 1000;
  return { ...kept, placings, whereabouts, seconds, bill };
}

/** Places and pays every order, several at once. An order that was not started before the stop has no entry. */
async function placeAll(
  orders: readonly PlannedOrder[],
  shopper: Shopper,
  concurrency: number,
): Promise<ReadonlyMap<PlannedOrder, Placing>> {
  const placings = new Map<PlannedOrder, Placing>();
  const work = orders.reduce((all, order) => all + workOf(order), 0);
  const step = progress.start('Orders placed and paid', orders.length, 'orders', work);
  await atOnce(orders, concurrency, shopper.signal, async (order) => {
    placings.set(order, await placeOrder(shopper, order));
    step.advance(1, workOf(order));
  });
  step.end();
  return placings;
}

/** The work of placing an order, in lines. Most of it is the pricing of each line. */
function workOf({ lines }: PlannedOrder): number {
  return LINES_PER_ORDER + lines.length;
}

interface Reporting {
  readonly replayed: Replayed;
  readonly plan: OrderPlan;
  readonly sold: Sold;
  readonly options: ReplayOptions;
}

/** Prints the results of the orders, and writes the files with all details. */
async function report({ replayed, plan, sold, options }: Reporting): Promise<void> {
  const result = tally(replayed);
  const outcomes = outcomesOf(replayed);
  const { placed } = result.total;
  const isMetered = sold.bill !== undefined;
  const bill = placed > 0 ? sold.bill?.(placed) : undefined;
  const { seconds } = sold;
  progress.say(`\n${summarise({ tally: result, outcomes, plan, isMetered, bill, seconds })}\n`);
  const at = (name: string) => join(FOLDER, name);
  await writeOrders(at('orders.csv'), outcomes);
  await writeRefusals(at('refused.csv'), result.rowRefusals);
  writeFileSync(at('report.html'), reportPage(`Replay of ${basename(options.file)}`, result, outcomes));
  progress.say(
    [
      `Every order:       ${relative('.', at('orders.csv'))}`,
      `Every refused row: ${relative('.', at('refused.csv'))}`,
      `Report:            ${relative('.', at('report.html'))}`,
    ].join('\n'),
  );
}

async function stayUp({ url }: Target, signal: AbortSignal): Promise<void> {
  progress.say(`\n${url} keeps running until Ctrl-C.`);
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The first Ctrl-C stops the work and prints the results so far. The second one ends the process. */
function stopOnSignal(): AbortSignal {
  const { signal, asked } = listenForInterruption();
  void asked.then(() =>
    progress.say('\nStopping: started orders are finished. Press Ctrl-C again to end at once.'),
  );
  return signal;
}

/** Replays a file of sales. It ends the process, because a stopped cloud may leave something open. */
export async function replay(options: ReplayOptions): Promise<void> {
  await main(options, stopOnSignal());
  process.exit(0);
}
