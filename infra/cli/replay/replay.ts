import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { createApiClient } from '../client/api-client.ts';
import { operatorClient } from '../client/operator-client.ts';
import { createProgress } from '../terminal/progress.ts';
import { grouped } from '../terminal/text-table.ts';
import { atOnce } from './at-once.ts';
import { buildCatalogue } from './build-catalogue.ts';
import { firstOrders, salesTo, unitsOf, withoutProducts } from './choose-orders.ts';
import { followOrders } from './follow-orders.ts';
import { openShop } from './open-shop.ts';
import { type Placing, placeOrder } from './place-order.ts';
import { type PlannedOrder, planOrders } from './plan-orders.ts';
import { readFile } from './read-file.ts';
import { readLimits } from './read-limits.ts';
import type { ReplayOptions } from './replay-options.ts';
import { reportPage } from './report-page.ts';
import { summarise } from './summary.ts';
import { tally } from './tally.ts';
import { findTarget, type Target } from './target.ts';
import { writeRefusals } from './write-refusals.ts';

const FOLDER = '.local/replay';
/** Clocks of two machines differ a little: orders of the replay are looked for from a minute before it began. */
const CLOCK_MARGIN_MS = 60_000;

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
    const since = new Date(Date.now() - CLOCK_MARGIN_MS).toISOString();
    const plan = planOrders(catalogue.sales, catalogue.products, await readLimits(target.url));
    const chosen = firstOrders(plan.orders, options.limit);
    const runId = randomBytes(6).toString('hex');
    const operator = await operatorClient(target.url, target.signIn);
    const units = unitsOf(chosen.orders);
    const products = [...catalogue.products.values()].filter(({ sku }) => units.has(sku));
    const { concurrency, from } = options;
    const shop = await openShop(operator, { products, units, runId, concurrency, from }, progress, signal);
    const kept = withoutProducts(chosen.orders, shop.refusedProducts);
    const bill = target.meter();
    const began = performance.now();

    const placings = new Map<PlannedOrder, Placing>();
    const storefront = createApiClient(target.url, { 'x-entrepot-key': shop.storefrontKey });
    const placing = progress.start('Orders placed and paid', kept.orders.length, 'orders');
    await atOnce(kept.orders, concurrency, signal, async (order) => {
      const shopper = { storefront, stripeUrl: target.stripeUrl, runId, signal };
      placings.set(order, await placeOrder(shopper, order));
      placing.advance();
    });
    placing.end();

    const orderIds = new Set(
      [...placings.values()].flatMap((each) => (each.outcome === 'placed' ? [each.orderId] : [])),
    );
    const step = progress.start('Arrived or held', orderIds.size, 'orders');
    const { patienceMs, releaseHeld } = options;
    const whereabouts = await followOrders({
      operator,
      orderIds,
      since,
      patienceMs,
      releaseHeld,
      signal,
      step,
    });
    step.end();

    const result = tally({
      rowsRead,
      rowsLeftOut: sales.length - wanted.length + chosen.rowsLeftOut,
      refusals: [...refusals, ...catalogue.refusals, ...plan.refusals, ...kept.refusals],
      orders: kept.orders,
      placings,
      whereabouts,
    });
    const seconds = (performance.now() - began) / 1000;
    const billed = result.total.placed > 0 ? bill?.(result.total.placed) : undefined;
    progress.say(
      `\n${summarise({ tally: result, plan, isMetered: bill !== undefined, bill: billed, seconds })}\n`,
    );
    const refused = join(FOLDER, 'refused.csv');
    await writeRefusals(refused, result.rowRefusals);
    const report = join(FOLDER, 'report.html');
    writeFileSync(report, reportPage(`Replay of ${basename(options.file)}`, result));
    progress.say(`Every refused row: ${relative('.', refused)}\nTo look at:        ${relative('.', report)}`);
    if (options.keep && !signal.aborted) await stayUp(target, signal);
  } finally {
    await target.stop();
  }
}

async function stayUp({ url }: Target, signal: AbortSignal): Promise<void> {
  progress.say(`\n${url} stays up until Ctrl-C.`);
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The first Ctrl-C ends the work and prints what is done; the second one ends everything. */
function stopOnSignal(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    progress.say('\nStopping: finishing what has begun. Ctrl-C again ends it at once.');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return stopping.signal;
}

/** Replays a file of sales. Ends the process: what a stopped cloud leaves open would keep it. */
export async function replay(options: ReplayOptions): Promise<void> {
  await main(options, stopOnSignal());
  process.exit(0);
}
