import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiClient } from '../../infra/cli/client/api-client.ts';
import { seed } from '../../infra/cli/sample-shop/seed.ts';
import { sampleCheckout } from '../../infra/cli/sample-shop/storefront.ts';
import { hasEnded, pay, place, quote, storefrontClient } from '../../infra/cli/start/demo-order.ts';
import { textTable } from '../../infra/cli/terminal/text-table.ts';
import { becomesQuiet } from '../../infra/local/becomes-quiet.ts';
import { type Backend, difference, startBackend } from '../../infra/local/start-backend.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import type { Checkout } from '../../infra/sandbox/checkout.ts';
import type { Counts } from '../../shared/usage/bill.ts';
import { bill } from '../../shared/usage/bill.ts';
import { provisionedPrices } from '../../shared/usage/prices.ts';
import { idleBill, sumOf, synthesised } from './idle.ts';
import { printLakeBill } from './lake-bill.ts';
import { medianCounts } from './median-counts.ts';

/** An order whose bill is printed. */
interface BilledOrder {
  readonly name: string;
  readonly what: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

const SHIRT = 'BILL-SHIRT';
const MUG = 'BILL-MUG';

const orders: readonly BilledOrder[] = [
  {
    name: 'two-parcels',
    what: 'two parcels, one from China under IOSS, one from Poland: twelve scans',
    lines: [
      { sku: SHIRT, quantity: 2 },
      { sku: MUG, quantity: 1 },
    ],
  },
  {
    name: 'one-parcel',
    what: 'one parcel from China under IOSS: six scans',
    lines: [{ sku: SHIRT, quantity: 1 }],
  },
];

/** Orders before those that are counted: their functions start cold and read settings. */
const WARM_UP = 2;
/** Counted orders. Of each unit the median counts. */
const COUNTED = 5;
const MAX_TRIES = 12;
/**
 * The duration of an invocation of these orders, times the memory of its function: the mean of 365 invocations on two
 * shared processors under a load of 12, which is 42 ms with 256 MB. It is stated and not measured each time, because a
 * load of 25 triples it, and that would hide what a change of the code costs.
 */
const MB_MS_PER_INVOCATION = 10_900;

/**
 * Carries orders to their delivery on a local backend, one at a time, and prints their bills at list price: on demand,
 * and with provisioned capacity of the table. Then it prints what the lake adds, and the cost of each stage without
 * orders. The last lines are
 * `bill <name> <millionths of a US dollar>`.
 */
export async function benchBill(print: (text: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-bill-'));
  try {
    const assemblyDir = join(folder, 'cdk.out');
    await synthesise(assemblyDir);
    const backend = await startBackend({
      ...{ port: 0, dataDir: join(folder, 'data'), assemblyDir },
      // What the lake gathers is handed over at the end, as by few invocations for many orders.
      gatherMs: 24 * 3_600_000,
    });
    const results: string[] = [];
    try {
      const shop = await openShop(backend);
      await backend.cloud.flush();
      const seeded = backend.counts()['firehose.bytes'] ?? 0;
      for (const order of orders) results.push(...printOrder(order, await countOrder(shop, order), print));
      await backend.cloud.flush();
      const bytes = (backend.counts()['firehose.bytes'] ?? 0) - seeded;
      results.push(printLakeBill(bytes, shop.delivered.length, print));
    } finally {
      await backend.stop();
    }
    print(
      `invocations are billed with ${MB_MS_PER_INVOCATION} MB-milliseconds each; load of the machine ${load()}`,
    );
    print('not counted: a container reads the secret of its partners once in five minutes, for 5 millionths');
    for (const stage of ['sandbox', 'production'] as const) {
      const lines = idleBill(synthesised(stage));
      print(
        `${stage}: ${(sumOf(lines) / 1_000_000).toFixed(2)} US dollars a month without orders (bench idle)`,
      );
      results.push(`bill idle-${stage}-month ${sumOf(lines)}`);
    }
    print(`\n${results.join('\n')}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const load = () => loadavg()[0]?.toFixed(1);

interface BillShop {
  readonly backend: Backend;
  readonly storefront: ApiClient;
  readonly checkout: Checkout;
  /** The orders that were carried to their delivery. */
  readonly delivered: string[];
}

/** The sample shop with two more products: shirts that are only in Shenzhen, and mugs that are only in Poznan. */
async function openShop(backend: Backend): Promise<BillShop> {
  const { operator, partners, url } = backend;
  const { storefrontKey } = await seed(operator);
  await sell(operator, SHIRT, { hsCode: '610910', national: '61091000', from: 'cn-shenzhen', grams: 180 });
  await sell(operator, MUG, { hsCode: '691110', national: '69111000', from: 'pl-poznan', grams: 340 });
  const storefront = storefrontClient(url, storefrontKey);
  return { backend, storefront, checkout: await sampleCheckout(partners), delivered: [] };
}

interface Goods {
  readonly hsCode: string;
  readonly national: string;
  readonly from: string;
  readonly grams: number;
}

async function sell(operator: ApiClient, sku: string, { hsCode, national, from, grams }: Goods) {
  await operator.call({
    method: 'PUT',
    path: `/v1/admin/products/${sku}`,
    body: {
      ...{ description: 'Goods of the bill', hsCode, nationalCodes: { EU: national }, originCountry: 'CN' },
      ...{ unitWeightGrams: grams, dimensions: { lengthMm: 200, widthMm: 150, heightMm: 100 } },
      prices: [{ amount: 1_290, currency: 'EUR' }],
      compliance: { identifiers: { manufacturer: 'MFR-BILL', noGtin: true } },
    },
  });
  await operator.call({
    method: 'POST',
    path: '/v1/admin/stock/movements',
    headers: { 'idempotency-key': `bill-${sku}` },
    body: { kind: 'receive', sku, warehouseId: from, quantity: 1_000 },
  });
}

/** The median of the units of several orders. An order during which a job ran is not counted. */
async function countOrder(shop: BillShop, order: BilledOrder): Promise<Counts> {
  for (let warm = 0; warm < WARM_UP; warm += 1) await deliver(shop, order);
  const counted: Counts[] = [];
  for (let tries = 0; counted.length < COUNTED; tries += 1) {
    if (tries === MAX_TRIES) throw new Error('jobs run during every order');
    const before = shop.backend.counts();
    const orderId = await deliver(shop, order);
    const counts = difference(shop.backend.counts(), before);
    await checkDelivered(shop, orderId, order);
    if (counts['scheduler.invocations'] === undefined) counted.push(counts);
  }
  // A container reads each secret once in five minutes, for any number of orders: that is no unit of one order.
  const { 'secrets.get': _settings, ...counts } = medianCounts(counted);
  const durations = (counts['lambda.requests'] ?? 0) * MB_MS_PER_INVOCATION;
  return { ...counts, 'lambda.mbMs': durations };
}

/** Places and pays one order and waits until nothing moves any more. Gives its id. */
async function deliver({ backend, storefront, checkout, delivered }: BillShop, { lines }: BilledOrder) {
  const destination = { country: 'DE', postalCode: '20095' };
  const { quoteId } = await quote(storefront, { destination, currency: 'EUR', incoterm: 'DDP', lines });
  const placed = await place(storefront, quoteId);
  await pay(placed, checkout);
  if (!(await becomesQuiet(backend))) throw new Error('the backend still works after a minute');
  delivered.push(placed.orderId);
  return placed.orderId;
}

async function checkDelivered({ backend }: BillShop, orderId: string, { name }: BilledOrder): Promise<void> {
  const path = `/v1/admin/orders/${orderId}`;
  const order = await backend.operator.call<{ status: string; parcels: unknown[] }>({ method: 'GET', path });
  const parcels = name === 'two-parcels' ? 2 : 1;
  if (!hasEnded(order) || order.parcels.length !== parcels)
    throw new Error(`${orderId} is ${order.status} and has ${order.parcels.length} parcels`);
}

/** Prints the bills of an order; gives its lines for programs. */
function printOrder({ name, what }: BilledOrder, counts: Counts, print: (text: string) => void): string[] {
  const onDemand = bill(counts);
  const provisioned = bill(counts, 1, provisionedPrices);
  const priceOf = new Map(provisioned.lines.map((line) => [line.unit, line.perOrderNanoUsd]));
  const micro = (nano: number) => (nano / 1_000).toFixed(2);
  print(`\n${what}, in millionths of a US dollar`);
  print(
    textTable(
      [
        { title: 'count', align: 'right', width: 9 },
        { title: 'of', width: 40 },
        { title: 'on demand', align: 'right' },
        { title: 'provisioned', align: 'right' },
      ],
      onDemand.lines.map(({ unit, label, count, perOrderNanoUsd }) => [
        ...[String(count), label, micro(perOrderNanoUsd), micro(priceOf.get(unit) ?? 0)],
      ]),
      {
        total: ['', 'total', micro(onDemand.totalPerOrderNanoUsd), micro(provisioned.totalPerOrderNanoUsd)],
      },
    ),
  );
  return [
    `bill ${name} ${Math.round(onDemand.totalPerOrderNanoUsd / 1_000)}`,
    `bill ${name}-provisioned ${Math.round(provisioned.totalPerOrderNanoUsd / 1_000)}`,
  ];
}
