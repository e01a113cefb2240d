import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutPersonal } from '../../../events/personal-fields.ts';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { createOrderRecords } from '../../../shared/aws/order/order-records.ts';
import { readFactItem } from '../../../shared/aws/order/timeline-items.ts';
import { fitting } from '../../../shared/aws/relay/bus.ts';
import { contentOf } from '../../../shared/aws/relay/outbox.ts';
import { keys } from '../../../shared/aws/table.ts';
import { productSchema } from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { cancelOrder, orderOf, orderView } from '../../../shared/order/index.ts';
import { priceBasket, quoteRequestSchema } from '../../../shared/quote/index.ts';
import { MAX_LINES } from '../../../shared/quote/quote.ts';
import { optionsToKeep } from '../../../shared/quote/quote-options.ts';
import { type Counted, deliverOrder } from '../../bench/counted-journey.ts';
import { address, details } from '../../builders/details.ts';
import { exchangeRates, now, realNetwork, realProducts } from '../../builders/real-basket.ts';
import { openShop, type Shop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

// The limits of the AWS services in bytes, for an item of the table, an event, and an answer of a function.
const MAX_ITEM = 400 * 1024;
const MAX_EVENT = 256 * 1024;
const MAX_ANSWER = 6 * 1024 * 1024;
/** The size of a request that every broker, carrier and warehouse accepts, in bytes. */
const MAX_REQUEST = 1024 * 1024;
/** The longest description of a product. */
const LONGEST = 200;

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

/** Letters of one to four bytes, and letters that JSON writes with six. No letter occurs twice in a description. */
const scripts = {
  latin: fc.integer({ min: 0x21, max: 0x7e }),
  chinese: fc.integer({ min: 0x4e00, max: 0x9fff }),
  emoji: fc.integer({ min: 0x1f300, max: 0x1faff }),
  quotes: fc.constantFrom(0x22, 0x5c, 0x7f, 0x600, 0x2028),
} as const;
type Script = keyof typeof scripts;

/** The longest description that a product may have, in that script. */
const longText = (script: Script) =>
  fc
    .array(scripts[script], { minLength: LONGEST, maxLength: LONGEST })
    .map((points) => String.fromCodePoint(...points))
    .map((text) => text.slice(0, script === 'emoji' ? LONGEST - (LONGEST % 2) : LONGEST));

/** One description for each line. */
const longTexts = (script: Script, seed: number) => fc.sample(longText(script), { numRuns: MAX_LINES, seed });

interface Limits {
  readonly country: string;
  readonly postalCode?: string;
  readonly descriptions: readonly string[];
  readonly warehouses: number;
  readonly service?: string;
}

/** Goods of the sample catalogue for an order with the maximum number of lines, each with such a description. */
function goodsOf(descriptions: readonly string[]) {
  return descriptions.map((description, index) => {
    const like = realProducts[index % realProducts.length];
    return productSchema.parse({ ...like, sku: `${like?.sku}-${index}`, description });
  });
}

/** The price of the maximum number of lines. Undefined if the rules refuse the goods. */
function priceOf({ country, postalCode, descriptions, warehouses: count, service }: Limits) {
  const products = goodsOf(descriptions);
  const warehouses = realNetwork(count);
  const request = quoteRequestSchema.parse({
    destination: { country, ...(postalCode === undefined ? {} : { postalCode }) },
    ...{ currency: 'EUR', lines: products.map(({ sku }) => ({ sku, quantity: 1 })) },
    ...(service === undefined ? {} : { service }),
  });
  const each = new Map(warehouses.map(({ warehouseId }) => [warehouseId, 50]));
  const priced = priceBasket({
    ...{ request, products, warehouses, now, exchangeRates },
    stock: new Map(products.map(({ sku }) => [sku, each])),
    ...{ rules: builtinRuleBook, seller: sampleSeller },
  });
  if (!priced.ok) throw new Error(`${country}: ${priced.error.reason}`);
  const { chosen, options, scores } = priced.value;
  const kept = optionsToKeep(chosen, options);
  const others = scores === undefined ? {} : { scores: [...scores] };
  return { chosen, options: kept, over: { request, options: kept, ...others } };
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** The minimum of bytes that the table counts for an item. */
const itemBytes = (item: Record<string, unknown>) =>
  Object.entries(item).reduce(
    (all, [name, value]) => all + name.length + (value instanceof Uint8Array ? value.length : bytesOf(value)),
    0,
  );

/** Places an order of each option of a quote at the limits, and gives the orders. */
async function ordersOf(limits: Limits): Promise<string[]> {
  const { chosen, options, over } = priceOf(limits);
  expect(bytesOf([chosen, options])).toBeLessThan(MAX_ANSWER);
  const placed: string[] = [];
  for (const { optionId, landedCost } of options.slice(0, 2)) {
    const lines = landedCost.consignments.flatMap(({ warehouseId, lines: own }) =>
      own.map(({ sku, quantity }) => ({ sku, quantity, warehouseId })),
    );
    for (const { sku, quantity, warehouseId } of lines) await shop.receive(sku, quantity, warehouseId);
    const quote = await shop.quote(chosen, 'shop', over);
    const { country, postalCode } = limits;
    const shippingAddress = address({ country, ...(postalCode === undefined ? {} : { postalCode }) });
    const order = await shop.place(quote.quoteId, { optionId, details: details({ shippingAddress }) });
    if (!order.ok) throw new Error(`${country} ${optionId}: ${order.error.reason}`);
    placed.push(order.value.orderId);
  }
  return placed;
}

/** Checks that every item, event and answer of the order is within the limit of its service. */
async function checkSizes(orderId: string): Promise<void> {
  for (const item of await shop.itemsOf(orderId)) {
    expect(itemBytes(item)).toBeLessThan(MAX_ITEM);
    const facts = String(item.sk).startsWith('FACT#') ? readFactItem(item).facts : [];
    for (const { detail } of facts.map(fitting)) expect(Buffer.byteLength(detail)).toBeLessThan(MAX_EVENT);
  }
  const records = await createOrderRecords(on.table).read(orderId);
  const facts = records?.timeline.facts ?? [];
  expect(facts.length).toBeGreaterThan(0);
  expect(bytesOf({ ...orderView(facts), facts, ledger: records?.journals })).toBeLessThan(MAX_ANSWER);
}

const imageOf = (item: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : String(value),
    ]),
  );

const uncounted: Counted = (_step, act) => act();

async function checkDelivered(orderId: string): Promise<void> {
  const { partners } = await deliverOrder(on, shop, orderId, {
    counted: uncounted,
    scans: Array.from({ length: MAX_LINES }, () => 2),
  });
  const requests = [
    ...[...partners.carrier.labels.values()].map(({ command }) => command),
    ...partners.broker.filed.values(),
    ...partners.system.orders.values(),
  ];
  expect(requests.length).toBeGreaterThan(0);
  for (const request of requests) expect(bytesOf(request)).toBeLessThan(MAX_REQUEST);
  expect(orderOf((await shop.timelines.load(orderId))?.facts ?? []).status).toBe('delivered');
  await checkSizes(orderId);
}

async function checkCancelled(orderId: string): Promise<void> {
  expect(await cancelOrder(shop, orderId, { by: 'shopper' })).toBe('cancelled');
  await checkSizes(orderId);
}

const places = [
  { country: 'DE', postalCode: '10115' },
  { country: 'SG', postalCode: '018956' },
] as const;

describe('a quote with the most lines and the longest descriptions', () => {
  test.each(Object.keys(scripts) as Script[])(
    'can be ordered, and the order delivered or cancelled, in any script: %s',
    async (script) => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...places), fc.nat(), async (place, seed) => {
          const descriptions = longTexts(script, seed);
          const [first, second] = await ordersOf({ ...place, descriptions, warehouses: 3 });
          if (first === undefined) throw new Error('the quote has an option');
          await checkSizes(first);
          if (second === undefined) return checkCancelled(first);
          await checkDelivered(first);
          await checkCancelled(second);
        }),
        { numRuns: 1, endOnFailure: true },
      );
    },
    120_000,
  );

  test('is stored although its first fact is too large for an event, and the event names the fact', async () => {
    const descriptions = longTexts('chinese', 7);
    const [orderId = ''] = await ordersOf({
      ...{ country: 'SG', postalCode: '018956', descriptions, warehouses: 10, service: 'express' },
    });
    const fact = (await shop.timelines.load(orderId))?.facts[0];
    if (fact === undefined) throw new Error('the order is stored');
    const [sent] = withoutPersonal([fact]).facts;
    expect(bytesOf(sent)).toBeGreaterThan(MAX_EVENT);
    const item = (await on.item(keys.fact(orderId, 1))) ?? {};
    const event = contentOf({ ...imageOf(item), outbox: 'order.placed' }).facts.map(fitting)[0];
    expect(event?.name).toBe('fact.too_large');
    expect(JSON.parse(event?.detail ?? '')).toEqual({
      ...{ orderId, sequence: 1, name: 'order.placed', bytes: bytesOf(sent) },
    });
    await checkCancelled(orderId);
  }, 120_000);
});
