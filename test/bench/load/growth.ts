import { cp, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiClient } from '../../../infra/cli/client/api-client.ts';
import { operatorAt } from '../../../infra/cli/client/operator-at.ts';
import { type Column, textTable } from '../../../infra/cli/terminal/text-table.ts';
import { startBackendProcess } from './backend-process.ts';
import { figureLines, hasFailure, type LevelFigures, percentile, rounded } from './figures.ts';
import { fill, type Models, readModels } from './fill.ts';
import { measureLevel, openShop } from './load.ts';
import { isSound, measurePayingLevel, type PayingFigures, payingAt, warmUp } from './paying.ts';
import { shop } from './shopper.ts';
import { readUnitsOf } from './units.ts';

/** The options of `bench load --stored`. */
export interface GrowthOptions {
  /** The numbers of stored orders, rising. */
  readonly stored: readonly number[];
  /** How long each number of shoppers orders without paying. */
  readonly seconds: number;
  /** How long each number of shoppers orders and pays. */
  readonly payingSeconds: number;
  /** How many orders are delivered before the first figure. */
  readonly warmUpOrders: number;
}

/** The figures of one number of shoppers. */
interface ShoppersFigures {
  readonly shoppers: number;
  readonly placing: LevelFigures;
  readonly placingReadUnits: number;
  readonly paying: Omit<PayingFigures, 'partOfBest'>;
}

/** The figures of one number of stored orders. */
export interface GrowthFigures {
  readonly stored: number;
  readonly levels: readonly ShoppersFigures[];
  /** The median time of a page of 50 orders of the operators' lists, in milliseconds. */
  readonly openPageMs: number | undefined;
  readonly closedPageMs: number | undefined;
}

const SHOPPERS = [1, 4];
const SAMPLE_SHOPPERS = 4;
/** How long they order before each look at the table. */
const SAMPLE_MS = 1_000;
const MAX_LOOKS = 40;
const MIN_DELIVERED = 12;
const PAGES = 20;

/**
 * Fills tables with orders, each with more, and measures each time what one shopper and four can order, and what that
 * costs. The stored orders are copies of some that this backend delivered, and of some that it has on their way. Prints
 * a table; the last lines are `load <name>@stored-<number> <value>`. False if something failed as in the other
 * measurements of the load.
 */
export async function benchGrowth(options: GrowthOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-growth-'));
  try {
    console.log(
      `${availableParallelism()} processors, load of the machine ${loadavg().map(rounded).join(' ')}`,
    );
    const first = join(folder, 'first');
    const models = await makeModels(first);
    const figures: GrowthFigures[] = [];
    for (const stored of options.stored) {
      // A folder of its own: unpaid orders of one number would be work for the jobs in the time of the next number.
      const own = join(folder, String(stored));
      await cp(first, own, { recursive: true });
      fill(join(own, 'data'), models, stored);
      figures.push(await measureStored(own, stored, options));
      await rm(own, { recursive: true });
      console.log(`\n${growthTable(figures)}\n`);
    }
    console.log(`load of the machine at the end ${loadavg().map(rounded).join(' ')}\n`);
    console.log(growthLines(figures).join('\n'));
    const levels = figures.flatMap((each) => each.levels);
    return levels.every(
      ({ placing, paying }) => !hasFailure(placing) && isSound({ ...paying, partOfBest: 1 }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lets a backend deliver some orders, and looks at its table while others are on their way. */
export async function makeModels(folder: string): Promise<Models> {
  const backend = await startBackendProcess(folder);
  try {
    const place = payingAt(backend, await openShop(backend));
    let delivered = 0;
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      const untilMs = performance.now() + SAMPLE_MS;
      await Promise.all(Array.from({ length: SAMPLE_SHOPPERS }, () => shop(place, untilMs)));
      const models = readModels(backend.dataDir);
      delivered = models.delivered.length;
      if (delivered >= MIN_DELIVERED && models.open.length > 0) return models;
    }
    throw new Error(`of ${delivered} delivered orders none was seen on its way`);
  } finally {
    await backend.stop();
  }
}

async function measureStored(
  folder: string,
  stored: number,
  { seconds, payingSeconds, warmUpOrders }: GrowthOptions,
): Promise<GrowthFigures> {
  const backend = await startBackendProcess(folder);
  try {
    const place = await openShop(backend);
    const paying = payingAt(backend, place);
    await warmUp(backend, paying, warmUpOrders);
    const levels: ShoppersFigures[] = [];
    for (const shoppers of SHOPPERS) {
      const before = await readUnitsOf(backend.url);
      const placing = await measureLevel(backend, place, shoppers, seconds * 1000);
      const placingReadUnits = ((await readUnitsOf(backend.url)) - before) / Math.max(1, placing.orders);
      const paid = await measurePayingLevel(backend, paying, { shoppers, forMs: payingSeconds * 1000 });
      levels.push({ shoppers, placing, placingReadUnits, paying: paid });
    }
    const operator = await operatorAt({ url: backend.url, token: undefined, dataDir: backend.dataDir });
    const openPageMs = await pageMs(operator, 'open');
    return { stored, levels, openPageMs, closedPageMs: await pageMs(operator, 'closed') };
  } finally {
    await backend.stop();
  }
}

/** The median time of the first page of a list. */
async function pageMs(operator: ApiClient, status: string): Promise<number | undefined> {
  const times: number[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const started = performance.now();
    await operator.call({ method: 'GET', path: `/v1/admin/orders?status=${status}` });
    times.push(performance.now() - started);
  }
  return percentile(times, 0.5);
}

function growthTable(figures: readonly GrowthFigures[]): string {
  const titles = [
    ...['stored', 'shoppers', 'orders/s', 'placing p50 ms', 'CPU ms', 'reads'],
    ...['delivered/s', 'CPU ms', 'reads', 'open page ms', 'closed'],
  ];
  const columns: Column[] = titles.map((title) => ({ title, align: 'right' }));
  const shown = (value: number | undefined): string => (value === undefined ? '-' : rounded(value));
  const rows = figures.flatMap(({ stored, levels, openPageMs, closedPageMs }) =>
    levels.map(({ shoppers, placing, placingReadUnits, paying }) => [
      ...[String(stored), String(shoppers), shown(placing.ordersPerSecond), shown(placing.placingP50Ms)],
      ...[shown(placing.cpuMsPerOrder), shown(placingReadUnits), shown(paying.deliveredPerSecond)],
      ...[shown(paying.cpuMsPerOrder), shown(paying.readUnitsPerOrder), shown(openPageMs)],
      shown(closedPageMs),
    ]),
  );
  return textTable(columns, rows);
}

/** The lines that a program reads. Figures of more than one shopper have the number in their name. */
export function growthLines(figures: readonly GrowthFigures[]): string[] {
  return figures.flatMap(({ stored, levels, openPageMs, closedPageMs }) => {
    const ofLevels = levels.flatMap(({ shoppers, placing, placingReadUnits, paying }) =>
      Object.entries({
        'orders-per-second': placing.ordersPerSecond,
        'placing-p50-ms': placing.placingP50Ms,
        'cpu-ms-per-order': placing.cpuMsPerOrder,
        'read-units-per-order': placingReadUnits,
        'delivered-per-second': paying.deliveredPerSecond,
        'delivered-cpu-ms-per-order': paying.cpuMsPerOrder,
        'delivered-cpu-ms-engine': paying.cpuPartsPerOrder?.engine,
        'delivered-read-units-per-order': paying.readUnitsPerOrder,
      }).map(([name, value]) => [shoppers === 1 ? name : `${name}-of-${shoppers}`, value] as const),
    );
    const pages = { 'open-page-ms': openPageMs, 'closed-page-ms': closedPageMs };
    return figureLines({ ...Object.fromEntries(ofLevels), ...pages }, `stored-${stored}`);
  });
}
