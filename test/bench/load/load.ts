import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiClient } from '../../../infra/cli/client/api-client.ts';
import { operatorAt } from '../../../infra/cli/client/operator-at.ts';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { forEachAtOnce } from '../../../infra/cli/sample-shop/seed.ts';
import { fileRecord } from '../../../infra/cli/sample-shop/shop-record.ts';
import { type Column, textTable } from '../../../infra/cli/terminal/text-table.ts';
import { type BackendProcess, startBackendProcess } from './backend-process.ts';
import {
  answersInWords,
  figuresOf,
  hasFailure,
  type LevelFigures,
  resultLines,
  rounded,
  sumOf,
} from './figures.ts';
import { isSound, measurePaying, payingLines, payingTable } from './paying.ts';
import { type LoadShop, shop } from './shopper.ts';
import { usageOf, watchMemory } from './usage.ts';

/** The options of `bench load`. */
export interface LoadOptions {
  /** The number of simultaneous shoppers of each level. */
  readonly levels: readonly number[];
  /** How long each level lasts. */
  readonly seconds: number;
  /** The same for shoppers that also pay. Their orders are carried to delivery. */
  readonly payingLevels: readonly number[];
  /** How long shoppers that pay order. The level ends when their orders are delivered. */
  readonly payingSeconds: number;
  /** After how many delivered orders the figures of paying shoppers are taken. */
  readonly warmUpOrders: number;
}

const PRODUCTS = 40;
const WARM_UP_MS = 4_000;

/**
 * Starts a backend with a temporary folder, lets shoppers quote and order, and prints the results: orders a second,
 * times, processor time, memory, and the number of answers of each status. Then it does the same with shoppers that
 * pay, until their orders are delivered. False if an answer was a server error other than 503, if a 429 or 503 had no
 * Retry-After, or if an order that was paid was not delivered.
 */
export async function benchLoad({
  levels,
  seconds,
  payingLevels,
  payingSeconds,
  warmUpOrders,
}: LoadOptions): Promise<boolean> {
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
      const paying = await measurePaying(backend, place, {
        levels: payingLevels,
        forMs: payingSeconds * 1000,
        warmUpOrders,
      });
      if (paying.length > 0) console.log(`${payingTable(paying)}\n`);
      console.log(`load of the machine at the end ${loadavg().map(rounded).join(' ')}\n`);
      console.log([...resultLines(figures), ...payingLines(paying)].join('\n'));
      return !figures.some(hasFailure) && paying.every(isSound);
    } finally {
      await backend.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** This machine orders for all shoppers, and many of their orders stay unpaid. */
const loadSeller = {
  ...sampleSeller,
  callerLimits: {
    unpaidOrdersOfStorefront: 1_000_000,
    unpaidOrdersOfClient: 1_000_000,
    unpaidOrdersOfShopper: 1_000,
  },
};

/** The shop of a backend, with products that are in stock. Calling it again changes nothing. */
export async function openShop({ url, dataDir }: BackendProcess): Promise<LoadShop> {
  const storefrontKey = fileRecord(dataDir).read()?.storefrontKey;
  if (storefrontKey === undefined) throw new Error('the backend has no sample storefront');
  const operator = await operatorAt({ url, token: undefined, dataDir });
  await operator.call({ method: 'PUT', path: '/v1/admin/seller', body: loadSeller });
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

/** Lets shoppers quote and order for a time, without paying. */
export async function measureLevel(
  { processId, dataDir }: BackendProcess,
  place: LoadShop,
  shoppers: number,
  forMs: number,
): Promise<LevelFigures> {
  const before = usageOf(processId, dataDir);
  const memory = watchMemory(processId);
  const started = performance.now();
  const shopping = Array.from({ length: shoppers }, () => shop(place, started + forMs));
  const tally = sumOf((await Promise.all(shopping)).map((result) => result.tally));
  const elapsedMs = performance.now() - started;
  const after = usageOf(processId, dataDir);
  return figuresOf(shoppers, tally, elapsedMs, { before, after, mostResidentMb: await memory() });
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
    'of all',
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
    shown(level.mostResidentMb),
    answersInWords(level.statuses),
  ]);
  return textTable([...columns, { title: 'answers' }], rows);
}
