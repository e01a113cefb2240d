import { gunzipSync, gzipSync } from 'node:zlib';
import { replenishmentOf } from '../../../shared/catalogue/index.ts';
import { dayAfter } from '../../../shared/kernel/time.ts';
import { type Supplier, supplierSchema } from '../../../shared/replenishment/purchasing/supplier.ts';
import { planBatch } from '../../../shared/replenishment/run/plan-batch.ts';
import type { RunFiles, RunStep } from '../../../shared/replenishment/run/ports.ts';
import { readHistory } from '../../../shared/replenishment/run/read-history.ts';
import { noCounts } from '../../../shared/replenishment/run/replenishment-run.ts';
import { prices } from '../../../shared/usage/prices.ts';
import { runsInMemory } from '../../unit/replenishment/runs-in-memory.ts';

const SKUS = 100_000;
const MILLION = 1_000_000;
const DAYS = 365;
const DAY = '2026-11-30';
const FIRST_DAY = dayAfter(DAY, -DAYS);
const SITE = 'pl-poznan';
const OFFERS = 300;
/** Batches that are planned; the others are as them. */
const PLANNED = 8;
/** What the functions have: `make-run-history` and `make-run-plans`. */
const HISTORY_MB = 3_008;
const PLANS_MB = 1_769;

/** A number from 0 to 1 that depends on its place alone. */
const spread = (place: number) => ((place * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;
const skuOf = (place: number) => `SKU-${String(place).padStart(7, '0')}`;

/**
 * The two functions that read and plan, over a made-up catalogue: 100,000 SKU-sites with a year of orders are read
 * from rows, as the lake gives them, and eight batches are planned. Prints processor time, memory, bytes and messages,
 * and what a million SKU-sites cost at list price. The time of the lake's own query is not in it.
 */
export async function benchRun(print: (text: string) => void): Promise<void> {
  const files = filesInMemory();
  const waiting: RunStep[] = [];
  const shared = {
    runs: runsInMemory(),
    files,
    queue: {
      send: async (steps: readonly RunStep[]) => {
        waiting.push(...steps);
        return [];
      },
    },
    clock: () => new Date(`${DAY}T04:00:00Z`),
    settings: async () => replenishmentOf(undefined),
    sites: async () => [SITE],
  };
  await shared.runs.ask({
    ...{
      day: DAY,
      timeZone: 'Europe/Berlin',
      by: 'clock',
      state: 'asked',
      startedAt: `${DAY}T04:00:00.000Z`,
    },
    counts: noCounts,
  });
  const readFrom = process.cpuUsage();
  const openLake = async () => ({ rows: rowsOf, close: async () => undefined });
  await readHistory({ ...shared, openLake, offered: async () => [] }, DAY, 'bench');
  const readSeconds = processorSeconds(readFrom);
  const batches = waiting.filter((step) => step.step === 'batch');
  print(`replenish run-read-seconds-at-${SKUS} ${tenths(readSeconds)}`);
  print(`replenish run-read-memory-mb-at-${SKUS} ${megabytes()}`);
  print(`replenish run-messages-at-${SKUS} ${batches.length}`);
  print(`replenish run-history-bytes-a-sku-site ${Math.round(files.bytes() / SKUS)}`);
  const suppliers = madeUpSuppliers(SKUS / OFFERS);
  const before = files.bytes();
  const planFrom = process.cpuUsage();
  const atSites = async (places: readonly { readonly sku: string }[]) =>
    places.map(({ sku }) => ({
      stock: {
        available: Math.round(60 * spread(Number(sku.slice(4)) + 7)),
        reserved: 0,
        quarantined: 0,
        inTransit: 0,
      },
      open: [],
      leaving: 0,
    }));
  const plans = {
    ...{ ...shared, atSites, suppliers: async () => suppliers, outcomesOf: async () => [] },
    ...{ rates: { current: async () => undefined }, unitsInYear: async () => new Map() },
    signals: { endingFrom: async () => [] },
    warehouses: async () => [],
    moves: {
      products: async () => [],
      pricing: onlyOneSite as never,
      solver: onlyOneSite as never,
    },
  };
  for (const step of batches.slice(0, PLANNED)) await planBatch(plans, step, 'bench');
  const perBatch = processorSeconds(planFrom) / PLANNED;
  const counts = (await shared.runs.load(DAY))?.counts;
  print(`${counts?.skuSites} SKU-sites were planned, ${counts?.proposed} have an order`);
  print(`replenish run-batch-ms ${Math.round(1000 * perBatch)}`);
  print(`replenish run-memory-mb-at-${SKUS} ${megabytes()}`);
  print(
    `replenish run-plan-bytes-a-sku-site ${Math.round((files.bytes() - before) / (counts?.skuSites ?? 1))}`,
  );
  printBill(print, { readSeconds, perBatch, supplierBytes: JSON.stringify(suppliers).length / SKUS });
}

/** What a million SKU-sites take: ten times the reading, and 2,000 batches. */
function printBill(
  print: (text: string) => void,
  measured: { readonly readSeconds: number; readonly perBatch: number; readonly supplierBytes: number },
): void {
  const batches = MILLION / 500;
  const readSeconds = (measured.readSeconds * MILLION) / SKUS;
  const used = {
    'lambda.mbMs': 1000 * (readSeconds * HISTORY_MB + measured.perBatch * batches * PLANS_MB),
    'lambda.requests': 1 + batches,
    // A file of sales, one of plans and one of proposals a batch.
    's3.puts': 3 * batches,
    // Sent, received and deleted.
    'sqs.requests': 3 * batches,
    // Position and open orders of each SKU-site, strongly consistent. A container reads all suppliers, half a unit for
    // 4 KB, and keeps them for a minute of its batches.
    'dynamodb.readUnits':
      2 * MILLION +
      Math.ceil((measured.perBatch * batches) / 60) * ((measured.supplierBytes * MILLION) / 8_192),
    // The batch that is done, and the counts of the run.
    'dynamodb.writeUnits': 4 * batches,
  } as const;
  print(`replenish run-read-seconds-at-a-million ${Math.round(readSeconds)}`);
  print(`replenish run-plan-processor-seconds-at-a-million ${Math.round(measured.perBatch * batches)}`);
  let all = 0;
  for (const [unit, count] of Object.entries(used)) {
    const { microUsd, per } = prices[unit as keyof typeof used];
    const usd = (count / per) * (microUsd / 1e6);
    all += usd;
    print(`replenish run-usd-at-a-million:${unit} ${usd.toFixed(3)}`);
  }
  print(`replenish run-usd-at-a-million ${all.toFixed(2)}`);
}

/** Rows as the lake gives them, sorted: values of SKUs, or orders and stock by SKU and day. */
async function* rowsOf(sql: string): AsyncIterable<readonly unknown[]> {
  const isValues = sql.includes('weekly AS');
  const isGoods = sql.includes('is_new');
  for (let place = 0; place < SKUS; place += 1) {
    const sku = skuOf(place);
    if (isGoods) yield [sku, `${690_000 + (place % 900)}`, place % 50 === 0];
    else if (isValues) yield [sku, Math.round(1e6 * spread(place)), 3 * spread(place), 2 + spread(place + 1)];
    else {
      yield [sku, SITE, FIRST_DAY, '', 500, 500, ''];
      const orders = Math.round(2 + 40 * spread(place) ** 3);
      for (let order = 0; order < orders; order += 1) {
        const day = Math.floor(((order + spread(place + order)) * (DAYS - 1)) / orders);
        const units = 1 + Math.floor(5 * spread(place + 3 * order));
        yield [sku, SITE, dayAfter(FIRST_DAY, day), `ord_${place}_${order}`, units, 0, 'DE'];
      }
    }
  }
}

/** One site moves nothing. */
function onlyOneSite(): never {
  throw new Error('a catalogue of one site has no moves');
}

function madeUpSuppliers(count: number): readonly Supplier[] {
  return Array.from({ length: Math.ceil(count) }, (_, place) =>
    supplierSchema.parse({
      ...{ supplierId: `maker-${place}`, name: `Maker ${place}`, originCountries: ['CN'] },
      offers: Array.from({ length: OFFERS }, (_each, offer) => ({
        ...{ sku: skuOf(place * OFFERS + offer), leadTimeDays: 28, casePack: 12 },
        prices: [{ fromUnits: 1, unitPrice: { amount: 400, currency: 'EUR' } }],
      })),
    }),
  );
}

function filesInMemory(): RunFiles & { readonly bytes: () => number } {
  const files = new Map<string, Buffer>();
  return {
    write: async (key, lines) => {
      files.set(key, gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    },
    read: async (key) => {
      const text = gunzipSync(files.get(key) ?? Buffer.alloc(0)).toString('utf8');
      return text.split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]));
    },
    bytes: () => [...files.values()].reduce((sum, { length }) => sum + length, 0),
  };
}

const tenths = (figure: number) => Math.round(10 * figure) / 10;
const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);

function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
