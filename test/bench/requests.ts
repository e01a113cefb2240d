import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Column, grouped, textTable } from '../../infra/cli/terminal/text-table.ts';
import { startBackend } from '../../infra/local/start-backend.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import { startEngine } from '../../infra/local/table/start-engine.ts';
import type { Counts } from '../../shared/usage/bill.ts';
import { countCalls, type TableCall } from './count-calls.ts';
import {
  costOfOrder,
  costOfQuotes,
  type Destination,
  type OrderCost,
  openShop,
  type QuoteCost,
  type Shop,
} from './request-costs.ts';

const LINES = [1, 5, 20];
const ROUNDS = 5;
/** Longer than a container keeps the network, rates, registrations and rules that it read. */
const STALE_AFTER_MS = 6_000;
/** The requests of a checkout: a quote, an order, and one read of the order. */
const STOREFRONT_REQUESTS_AIM = 3;
/** The maximum number of SKUs in one read of the table. */
const BATCH = 100;
/** Lambda is billed by memory and time. */
const MB_MS_PER_GB_MS = 1_024;

const destinations: readonly Destination[] = [
  { currency: 'EUR', address: { city: 'Hamburg', postalCode: '20095', country: 'DE' } },
  { currency: 'USD', address: { city: 'New York', region: 'NY', postalCode: '10001', country: 'US' } },
  { currency: 'NOK', address: { city: 'Oslo', postalCode: '0150', country: 'NO' } },
  { currency: 'AUD', address: { city: 'Sydney', region: 'NSW', postalCode: '2000', country: 'AU' } },
];

/**
 * The reads, writes and times of quotes and orders on the local cloud, by destination and number of lines: counts, and
 * Lambda time of this machine. Prints what is above the aims.
 */
export async function benchRequests(print: (text: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-bench-'));
  const assemblyDir = join(folder, 'cdk.out');
  await synthesise(assemblyDir);
  const engine = await startEngine(folder, () => undefined);
  const calls = await countCalls(engine);
  const given = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  process.env.AWS_ENDPOINT_URL_DYNAMODB = calls.url;
  try {
    const backend = await startBackend({ port: 0, dataDir: join(folder, 'data'), assemblyDir });
    try {
      await measure(await openShop(backend, calls, Math.max(...LINES)), print);
    } finally {
      await backend.stop();
    }
  } finally {
    if (given === undefined) delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
    else process.env.AWS_ENDPOINT_URL_DYNAMODB = given;
    await calls.stop();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly to: Destination;
  readonly lines: number;
  readonly quote: QuoteCost;
  readonly order: OrderCost;
}

async function measure(shop: Shop, print: (text: string) => void): Promise<void> {
  const measured: Measured[] = [];
  for (const to of destinations) {
    // After one order, the functions that it needs are warm.
    await costOfOrder(shop, to, 1);
    for (const lines of LINES) {
      const quotes = await costOfQuotes(shop, to, lines, ROUNDS + 1);
      const order = await costOfOrder(shop, to, lines);
      measured.push({ to, lines, quote: middleOf(quotes.slice(1)), order });
    }
  }
  print(`One kind of goods in many colours, all at one warehouse; counts, and Lambda time of this machine\n`);
  print(`A quote, warm, the median of ${ROUNDS}\n${quoteTable(measured)}\n`);
  print(`An order, its quote not counted, everything behind it included\n${orderTable(measured)}\n`);
  print('Table calls of a quote to DE; the second time with all that is kept for five seconds read again');
  for (const { to, lines, quote } of measured.filter((each) => each.to === destinations[0])) {
    await wait(STALE_AFTER_MS);
    const [old] = await costOfQuotes(shop, to, lines, 1);
    print(`  ${linesInWords(lines)}: ${inWords(quote.calls)}`);
    print(`  ${' '.repeat(linesInWords(lines).length)}  ${inWords(old?.calls ?? [])}`);
  }
  const above = measured.flatMap(aboveAims);
  print(`\nAims: one request a quote; one table read for each hundred distinct SKUs, and one for the rules;`);
  print(`${STOREFRONT_REQUESTS_AIM} storefront requests from the basket until it is seen to be paid.`);
  print(above.length === 0 ? 'Nothing is above them.' : `Above them:\n  ${above.join('\n  ')}`);
}

/** The quote with the median Lambda time, among quotes for which a container had to read nothing again. */
function middleOf(quotes: readonly QuoteCost[]): QuoteCost {
  const fewest = Math.min(...quotes.map(({ calls }) => calls.length));
  const byTime = quotes
    .filter(({ calls }) => calls.length === fewest)
    .toSorted((a, b) => count(a.counts, 'lambda.mbMs') - count(b.counts, 'lambda.mbMs'));
  const middle = byTime[Math.floor(byTime.length / 2)];
  if (middle === undefined) throw new Error('nothing was quoted');
  return middle;
}

function aboveAims({ to, lines, quote, order }: Measured): string[] {
  const name = `${to.address.country}, ${linesInWords(lines)}`;
  const requests = count(quote.counts, 'httpApi.requests');
  const reads = quote.calls.filter(({ isRead }) => isRead);
  const maxReads = Math.ceil(lines / BATCH) + 1;
  return [
    ...(requests > 1 ? [`${name}: a quote makes ${requests} requests`] : []),
    ...(reads.length > maxReads
      ? [`${name}: a quote makes ${reads.length} reads where ${maxReads} are the aim (${inWords(reads)})`]
      : []),
    ...(order.storefrontRequests > STOREFRONT_REQUESTS_AIM
      ? [`${name}: ${order.storefrontRequests} storefront requests until it is seen to be paid`]
      : []),
  ];
}

/** The number of calls by kind, the largest first. */
function inWords(calls: readonly TableCall[]): string {
  return [...Map.groupBy(calls, ({ what }) => what)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([what, all]) => `${all.length} ${what}`)
    .join(', ');
}

const linesInWords = (lines: number) => `${lines} ${lines === 1 ? 'line' : 'lines'}`;
const count = (counts: Counts, unit: string) => counts[unit] ?? 0;
const reads = (counts: Counts) => count(counts, 'dynamodb.readUnits');
const writes = (counts: Counts) => count(counts, 'dynamodb.writeUnits');
const gbMs = (counts: Counts) => grouped(Math.round(count(counts, 'lambda.mbMs') / MB_MS_PER_GB_MS));
const tenths = (figure: number) => String(Math.round(figure * 10) / 10);

const columns = (...titles: string[]): Column[] =>
  titles.map((title, place) => ({ title, align: place === 0 ? 'left' : 'right' }));

function quoteTable(measured: readonly Measured[]): string {
  const titles = ['to', 'lines', 'requests', 'reads', 'read units', 'write units', 'Lambda GB-ms'];
  const rows = measured.map(({ to, lines, quote: { counts, calls } }) => [
    ...[to.address.country, `${lines}`, `${count(counts, 'httpApi.requests')}`],
    ...[`${calls.filter(({ isRead }) => isRead).length}`, tenths(reads(counts)), tenths(writes(counts))],
    ...[gbMs(counts), tenths(reads(counts) / lines), tenths(writes(counts) / lines)],
  ]);
  return textTable(columns(...titles, 'read units/line', 'write units/line'), rows);
}

/** Units until the order was placed, paid and delivered. Other figures are until it was delivered. */
function orderTable(measured: readonly Measured[]): string {
  const rows = measured.map(({ to, lines, quote, order }) => {
    const { placed, paid, delivered, storefrontRequests } = order;
    const stages = [placed, paid, delivered];
    return [
      ...[to.address.country, `${lines}`],
      ...[
        stages.map((at) => tenths(reads(at))).join(' / '),
        stages.map((at) => tenths(writes(at))).join(' / '),
      ],
      stages.map(gbMs).join(' / '),
      ...[`${count(delivered, 'httpApi.requests')}`, `${count(delivered, 'lambda.requests')}`],
      ...[tenths(writes(delivered) / lines), `${tenths(writes(delivered) / writes(quote.counts))} x`],
      `${storefrontRequests}`,
    ];
  });
  const [units, time] = ['placed / paid / delivered', 'Lambda GB-ms'];
  const titles = ['to', 'lines', `read units ${units}`, 'write units', time, 'requests', 'Lambda runs'];
  return textTable(columns(...titles, 'write units/line', 'against quote', 'storefront'), rows);
}
