import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../../../infra/cli/client/api-client.ts';
import { operatorAt } from '../../../infra/cli/client/operator-at.ts';
import { forEachAtOnce } from '../../../infra/cli/sample-shop/seed.ts';
import { fileRecord } from '../../../infra/cli/sample-shop/shop-record.ts';
import { type Column, textTable } from '../../../infra/cli/terminal/text-table.ts';
import { type BackendProcess, startBackendProcess } from './backend-process.ts';
import { figuresOf, type LevelFigures, resultLines, rounded, sumOf } from './figures.ts';
import { type LoadShop, type PlacedOrder, shop } from './shopper.ts';
import { usageOf } from './usage.ts';

/** The options of `bench load`. */
export interface LoadOptions {
  /** The number of simultaneous shoppers of each level. */
  readonly levels: readonly number[];
  /** How long each level lasts. */
  readonly seconds: number;
  /** Whether some orders are also paid and carried to delivery. */
  readonly isPaid: boolean;
}

const PRODUCTS = 40;
const PAID_SHOPPERS = 4;
const WARM_UP_MS = 4_000;
const DELIVERED_WITHIN_MS = 90_000;

/**
 * Starts a backend with a temporary folder, lets shoppers quote and order, and prints the results: orders a second,
 * times, processor time, memory, and the number of answers of each status. False if an answer was a server error other
 * than 503.
 */
export async function benchLoad({ levels, seconds, isPaid }: LoadOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-load-'));
  try {
    console.log(
      `${availableParallelism()} processors, load of the machine ${loadavg().map(rounded).join(' ')}`,
    );
    const backend = await startBackendProcess(folder);
    try {
      const place = await openShop(backend);
      await Promise.all([1, 2].map(() => shop(place, performance.now() + WARM_UP_MS)));
      const figures: LevelFigures[] = [];
      for (const level of levels) figures.push(await measureLevel(backend, place, level, seconds * 1000));
      console.log(`\n${table(figures)}\n`);
      const paid = isPaid ? await measurePaid(backend, place, seconds * 1000) : [];
      console.log(`load of the machine at the end ${loadavg().map(rounded).join(' ')}\n`);
      console.log([...resultLines(figures), ...paid].join('\n'));
      return !figures.some(({ statuses }) => [...statuses.keys()].some(isFailure));
    } finally {
      await backend.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const isFailure = (status: number): boolean => status >= 500 && status !== 503;

async function openShop({ url, dataDir }: BackendProcess): Promise<LoadShop> {
  const storefrontKey = fileRecord(dataDir).read()?.storefrontKey;
  if (storefrontKey === undefined) throw new Error('the backend has no sample storefront');
  const operator = await operatorAt({ url, token: undefined, dataDir });
  const skus = Array.from({ length: PRODUCTS }, (_, index) => `LOAD-${index + 1}`);
  await forEachAtOnce(skus, (sku) => storeProduct(operator, sku));
  return { url, storefrontKey, skus };
}

async function storeProduct(operator: ApiClient, sku: string): Promise<void> {
  await operator.call({
    method: 'PUT',
    path: `/v1/admin/products/${sku}`,
    body: {
      description: 'Cotton knit T-shirt',
      hsCode: '610910',
      nationalCodes: { EU: '61091000' },
      originCountry: 'CN',
      unitWeightGrams: 180,
      dimensions: { lengthMm: 250, widthMm: 180, heightMm: 20 },
      prices: [{ amount: 1_290, currency: 'EUR' }],
      compliance: { identifiers: { manufacturer: 'MFR-TSHIRT', noGtin: true } },
    },
  });
  await operator.call({
    method: 'POST',
    path: '/v1/admin/stock/movements',
    headers: { 'idempotency-key': `load-${sku}` },
    body: { kind: 'receive', sku, warehouseId: 'pl-poznan', quantity: 1_000_000 },
  });
}

async function measureLevel(
  { processId, dataDir }: BackendProcess,
  place: LoadShop,
  shoppers: number,
  forMs: number,
): Promise<LevelFigures> {
  const before = usageOf(processId, dataDir);
  const started = performance.now();
  const shopping = Array.from({ length: shoppers }, () => shop(place, started + forMs));
  const tally = sumOf((await Promise.all(shopping)).map((result) => result.tally));
  const elapsedMs = performance.now() - started;
  return figuresOf(shoppers, tally, elapsedMs, { before, after: usageOf(processId, dataDir) });
}

/** Lets a few shoppers also pay, and waits until every order is delivered. Gives the lines of the results. */
async function measurePaid(
  { processId, dataDir, url }: BackendProcess,
  place: LoadShop,
  forMs: number,
): Promise<string[]> {
  const port = Number(new URL(url).port);
  const paying = { ...place, stripeUrl: `http://127.0.0.1:${port + 1}` };
  // The first orders load the functions of all stages.
  const warming = await shop(paying, performance.now() + WARM_UP_MS);
  await waitUntilDelivered(place, warming.orders);
  const before = usageOf(processId, dataDir);
  const started = performance.now();
  const shopping = Array.from({ length: PAID_SHOPPERS }, () => shop(paying, started + forMs));
  const orders = (await Promise.all(shopping)).flatMap((result) => result.orders);
  const delivered = await waitUntilDelivered(place, orders);
  const after = usageOf(processId, dataDir);
  const perSecond = (delivered * 1000) / (performance.now() - started);
  console.log(`${orders.length} orders paid, ${delivered} delivered`);
  return [
    `load paid-orders ${orders.length}`,
    `load delivered-orders ${delivered}`,
    `load delivered-per-second ${rounded(perSecond)}`,
    `load delivered-cpu-ms-per-order ${rounded((after.cpuMs - before.cpuMs) / Math.max(1, delivered))}`,
    `load delivered-data-kb-per-order ${rounded((after.dataKb - before.dataKb) / Math.max(1, delivered))}`,
    `load delivered-resident-mb ${rounded(after.residentMb)}`,
  ];
}

/** Reads the orders in turn, and gives the number of orders that are delivered in time. */
async function waitUntilDelivered(place: LoadShop, orders: readonly PlacedOrder[]): Promise<number> {
  const end = Date.now() + DELIVERED_WITHIN_MS;
  let delivered = 0;
  for (const { orderId, accessToken } of orders) {
    const headers = { 'x-entrepot-key': place.storefrontKey, authorization: `Bearer ${accessToken}` };
    for (;;) {
      const answer = await fetch(`${place.url}/v1/orders/${orderId}`, { headers });
      const isDelivered = (await answer.text()).includes('"status":"delivered"');
      if (isDelivered) delivered += 1;
      if (isDelivered || Date.now() > end) break;
      await wait(1_000);
    }
  }
  return delivered;
}

function table(levels: readonly LevelFigures[]): string {
  const shown = (value: number | undefined): string => (value === undefined ? '-' : rounded(value));
  const columns: Column[] = [
    'shoppers',
    'orders',
    '/s',
    'p50 ms',
    'p95',
    'placing p50',
    'p95',
    'CPU ms',
    'MB',
  ].map((title) => ({ title, align: 'right' }));
  const rows = levels.map((level) => [
    String(level.shoppers),
    String(level.orders),
    shown(level.ordersPerSecond),
    shown(level.checkoutP50Ms),
    shown(level.checkoutP95Ms),
    shown(level.placingP50Ms),
    shown(level.placingP95Ms),
    shown(level.cpuMsPerOrder),
    shown(level.residentMb),
    [...level.statuses].map(([status, count]) => `${count} x ${status}`).join(', '),
  ]);
  return textTable([...columns, { title: 'answers' }], rows);
}
