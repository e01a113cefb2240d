import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { streamPatterns } from '../../../infra/constructs/stream-subscription.ts';
import { compilePattern } from '../../../infra/local/front/event-pattern.ts';
import { createEngineClient, type EngineClient } from '../../../infra/local/table/engine-client.ts';
import { openStream, type StreamReader } from '../../../infra/local/table/read-stream.ts';
import { createCatalogueStore } from '../../../shared/aws/catalogue/catalogue-store.ts';
import { createCostStore } from '../../../shared/aws/catalogue/cost-store.ts';
import { putRefusal } from '../../../shared/aws/quote/quote-store.ts';
import { createRatesStore } from '../../../shared/aws/rates/rates-store.ts';
import { createCallbackStore } from '../../../shared/aws/relay/callback-store.ts';
import type { Outlet } from '../../../shared/aws/relay/refusal.ts';
import { keys } from '../../../shared/aws/table.ts';
import { productSchema } from '../../../shared/catalogue/product.ts';
import { type LakeRecord, readRecord } from '../../../shared/lake/record.ts';
import { quoteRequestSchema } from '../../../shared/quote/quote.ts';
import { refusal } from '../../../shared/quote/refusal.ts';
import { refusedBasket } from '../../../shared/quote/refused-basket.ts';
import { exchangeRatesSchema } from '../../../shared/rates/exchange-rates.ts';
import { captureAgain, captureItems } from '../../../shared/runtime/capture.ts';
import { readQueueMessage } from '../../../shared/runtime/queue-message.ts';
import { stream } from '../../../shared/runtime/stream.ts';
import { details } from '../../builders/details.ts';
import { idOf } from '../../builders/ids.ts';
import { landedCost } from '../../builders/landed-cost.ts';
import { placedAt } from '../../builders/timeline.ts';
import { costOf, openShop, type Shop, ship, warehouseId } from '../stores/shop.ts';
import { startTable, type TableOnEngine } from '../stores/table-on-engine.ts';
import { context } from './lambda-events.ts';

let on: TableOnEngine;
let shop: Shop;
let engine: EngineClient;
let reader: StreamReader;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
  const { hostname, port } = new URL(on.endpoint);
  engine = createEngineClient(hostname, Number(port), 'eu-central-1');
  reader = await openStream(engine, on.table.name, undefined);
});
afterAll(async () => {
  engine.close();
  await on.stop();
});

const filters = streamPatterns.lake.map((pattern) => compilePattern(pattern));

/** The changes since the last call that pass the filters, as the function receives them. */
async function passing(): Promise<DynamoDBRecord[]> {
  const passed: DynamoDBRecord[] = [];
  for (;;) {
    const records = await reader.read();
    if (records.length === 0) return passed;
    passed.push(
      ...records
        .filter((record) => filters.some((matches) => matches(record)))
        .map((record) => record as unknown as DynamoDBRecord),
    );
  }
}

beforeEach(async () => {
  await passing();
});

/** Hands changes to the function, with a delivery stream of its own. */
async function capture(Records: DynamoDBRecord[], put?: Outlet<string>['put']) {
  const lines: string[] = [];
  const handedOver: string[] = [];
  const takeAll: Outlet<string>['put'] = async (some) => {
    lines.push(...some);
    return [];
  };
  const outlet = { put: put ?? takeAll };
  const unrelayed = { send: async (key: string) => void handedOver.push(key) };
  const deps = { outlet, unrelayed, table: on.table, clock: shop.clock };
  const answer = await stream(() => deps, captureItems)({ Records } as DynamoDBStreamEvent, context);
  return { ...answer, lines, handedOver };
}

function known(line: string): LakeRecord {
  const read = readRecord(line);
  if (read.kind !== 'known') throw new Error(`${read.reason}: ${line}`);
  return read.record;
}

/** The records of the writes since the last call. */
async function captured(): Promise<LakeRecord[]> {
  const { lines, batchItemFailures, handedOver } = await capture(await passing());
  expect({ batchItemFailures, handedOver }).toEqual({ batchItemFailures: [], handedOver: [] });
  return lines.map(known);
}

const named = <Name extends LakeRecord['name']>(records: readonly LakeRecord[], name: Name) =>
  records.filter((record): record is Extract<LakeRecord, { name: Name }> => record.name === name);

describe('the lake keeps', () => {
  test('every fact of an order with its journal, and nothing of the person', async () => {
    await shop.receive('TEA', 5);
    const order = await shop.buy(costOf([{ sku: 'TEA', quantity: 2 }]));
    await ship(shop, order);
    const records = await captured();
    const facts = (await shop.timelines.load(order))?.facts ?? [];

    const ofOrder = records.filter((record) => 'sequence' in record && record.orderId === order);
    expect(ofOrder.map(({ id }) => id)).toEqual(facts.map(({ id }) => id));
    expect(named(records, 'payment.captured')[0]).toMatchObject({
      journal: { description: 'payment captured' },
    });
    const text = JSON.stringify(records);
    const { customer, shippingAddress } = details();
    for (const word of [customer.email, customer.phone, ...Object.values(shippingAddress)].filter(
      (each): each is string => typeof each === 'string' && each.length > 3,
    ))
      expect([word, text.includes(word)]).toEqual([word, false]);
  });

  test('quotes that were given', async () => {
    await shop.receive('QUOTED', 5);
    await shop.buy(costOf([{ sku: 'QUOTED', quantity: 3 }]));
    const [given] = named(await captured(), 'quote.given');

    expect(given?.data).toMatchObject({
      ...{ currency: landedCost().currency, storefrontId: 'shop' },
      options: [{ total: { currency: landedCost().currency } }],
    });
    expect(given?.id).toBe(given?.data.quoteId);
  });

  test('why a basket got no quote, without what a stranger typed', async () => {
    const request = quoteRequestSchema.parse({
      ...{ currency: 'EUR', destination: { country: 'DE', postalCode: '20095', region: 'Ada Lovelace' } },
      lines: [
        { sku: 'Ada.Lovelace', quantity: 1 },
        { sku: 'TEA', quantity: 2 },
      ],
    });
    const refused = refusal('unknown-sku', ['/lines/0/sku', 'there is no product Ada.Lovelace']);
    const data = refusedBasket('shop', request, refused);
    await putRefusal(on.table, { refusalId: idOf('quote', 7), refusedAt: shop.now(), data });
    const records = await captured();

    expect(records).toMatchObject([
      { name: 'quote.refused', data: { reasons: ['unknown-sku'], lines: [{ sku: 'TEA', quantity: 2 }] } },
    ]);
    expect(JSON.stringify(records)).not.toMatch(/Ada|20095/);
  });

  test('movements of stock by state, without the reason, and the position', async () => {
    await shop.receive('MOVED', 9);
    await shop.move({
      ...{ kind: 'adjust', sku: 'MOVED', warehouseId, quantity: -2 },
      reason: 'Ada Lovelace took two',
    });
    await shop.move({
      ...{ kind: 'dispatch-transfer', sku: 'MOVED', warehouseId, toWarehouseId: 'pl-poznan', quantity: 4 },
      ...{ transferId: 'T-1', expectedAt: '2026-12-20T10:00:00.000Z' },
    });
    const records = await captured();

    expect(named(records, 'stock.moved').map(({ data }) => [data.kind, data.changes])).toEqual([
      ['receive', [{ warehouseId, available: 9, onHand: 9, received: 9 }]],
      ['adjust', [{ warehouseId, available: -2, onHand: -2, writtenOff: 2 }]],
      [
        'dispatch-transfer',
        [
          { warehouseId, available: -4, onHand: -4, transferredOut: 4 },
          { warehouseId: 'pl-poznan', inTransit: 4, transferredIn: 4 },
        ],
      ],
    ]);
    expect(named(records, 'stock.changed').at(-1)?.data).toMatchObject({ sku: 'MOVED' });
    expect(JSON.stringify(records)).not.toContain('Ada');
  });

  test('what became of a call, and not its text', async () => {
    const callbacks = createCallbackStore(on.table);
    const call = (callbackId: string) => ({
      ...({ kind: 'carrier', code: 'easypost', callbackId, deliveryId: 'd-1' } as const),
      ...{ rawBody: Buffer.from('{"name":"Ada Lovelace"}'), receivedAt: shop.now() },
    });
    await callbacks.keep(call('evt_1'), { withBody: false });
    await callbacks.keep(call('evt_2'), { orderId: idOf('order', 3) });
    const records = await captured();

    expect(records.map(({ data }) => data)).toMatchObject([
      { callbackId: 'evt_1', outcome: 'ignored' },
      { callbackId: 'evt_2', outcome: 'kept', orderId: idOf('order', 3) },
    ]);
    expect(JSON.stringify(records)).not.toContain('Ada');
  });

  test('tables of exchange rates, and the additional rate of each currency', async () => {
    const store = createRatesStore(on.table, shop.clock);
    const table = { id: 'ecb', base: 'EUR', date: '2026-11-27', source: 'ECB', rates: { USD: '1.16' } };
    await store.put(exchangeRatesSchema.parse(table));
    await store.put(
      exchangeRatesSchema.parse({ ...table, kind: 'additional', rates: { TWD: '36.1', VND: '30500' } }),
    );
    const stored = named(await captured(), 'rates.stored').map(({ data }) => [data.kind, data.rates]);

    expect(stored[0]).toEqual(['daily', { USD: '1.16' }]);
    expect(stored).toContainEqual(['additional', { VND: '30500' }]);
    expect(stored).toContainEqual(['additional', { TWD: '36.1' }]);
  });

  test('that trade rules were imported, and products whenever they are stored', async () => {
    const catalogue = createCatalogueStore(on.table, shop.clock);
    const product = productSchema.parse({
      ...{ sku: 'CUP', description: 'a cup of porcelain', hsCode: '691110', originCountry: 'CN' },
      ...{ unitWeightGrams: 300, dimensions: { lengthMm: 90, widthMm: 90, heightMm: 90 } },
      prices: [{ amount: 900, currency: 'EUR' }],
    });
    await catalogue.putProduct(product);
    await catalogue.putProduct({ ...product, description: 'a cup of glass' });
    const reported = {
      ...{ version: '2', previousVersion: '1', destinations: ['DE'], goods: ['6911'], skus: ['CUP'] },
      ...{ moreSkus: false, added: 1, changed: 0 },
    };
    const report = {
      ...keys.rulesReport('2'),
      event: 'trade-rules.imported',
      reported: JSON.stringify(reported),
    };
    await on.table.client.send(new PutCommand({ TableName: on.table.name, Item: report }));
    const records = await captured();
    const products = named(records, 'product.stored');

    expect(products.map(({ data }) => data.description)).toEqual([product.description, 'a cup of glass']);
    expect(new Set(products.map(({ id }) => id)).size).toBe(2);
    expect(named(records, 'trade-rules.imported').map(({ data }) => data)).toEqual([reported]);
  });
});

describe('costs', () => {
  test('are records, each time one is stored', async () => {
    const costs = createCostStore(on.table);
    const mug = { sku: 'MUG', validFrom: '2026-01-01', purchase: { amount: 1450, currency: 'CNY' } } as const;
    const firstLeg = { amount: 32, currency: 'EUR' } as const;
    const spent = {
      ...{ storefrontId: 'shop', market: 'DE', channel: 'search', day: '2026-01-15' },
      amount: { amount: 4_250, currency: 'EUR' },
    } as const;
    await costs.put({ purchase: [mug], marketing: [spent] });
    await costs.put({ purchase: [{ ...mug, firstLeg }], marketing: [] });

    const records = await captured();

    const purchase = named(records, 'purchase-cost.stored');
    expect(purchase.map(({ data }) => data)).toEqual([mug, { ...mug, firstLeg }]);
    expect(new Set(purchase.map(({ id }) => id)).size).toBe(2);
    expect(named(records, 'marketing-cost.stored').map(({ data }) => data)).toEqual([spent]);
  });
});

describe('a new order', () => {
  const cost = () => costOf([{ sku: 'COUNTED', quantity: 1 }]);
  async function buyAs(email: string): Promise<string> {
    const { quoteId } = await shop.quote(cost());
    const given = details();
    const placed = await shop.place(quoteId, {
      details: { ...given, customer: { ...given.customer, email } },
    });
    if (!placed.ok) throw new Error(placed.error.reason);
    shop.pass(60_000);
    return placed.value.orderId;
  }

  test('is counted among those of its customer, and the record does not tell whose', async () => {
    await shop.receive('COUNTED', 9);
    const orders: string[] = [];
    for (const email of ['ada@example.com', 'ada@example.com', 'grace@example.com', 'Ada@example.com'])
      orders.push(await buyAs(email));
    const changes = await passing();
    const { lines } = await capture(changes);
    const records = lines.map(known);

    const { country } = landedCost().destination;
    const first = { firstMonth: placedAt.slice(0, 7), firstMarket: country };
    expect(named(records, 'customer.counted').map(({ data }) => data)).toEqual(
      [1, 2, 1, 3].map((nth, index) => ({ orderId: orders[index], ...first, nth })),
    );
    expect(lines.join()).not.toContain('PERSON#');
    const hashes = new Set(changes.map(({ dynamodb }) => dynamodb?.NewImage?.listKey?.S ?? 'none'));
    for (const hash of hashes) expect(lines.join()).not.toContain(hash.replace('PERSON#', ''));
    // The same change again, and the item read from its key, give the same record.
    const again = (await capture(changes)).lines.map(known);
    expect(named(again, 'customer.counted')).toEqual(named(records, 'customer.counted'));
  });

  test('is counted when its item is read again from its key', async () => {
    const orderId = await buyAs('alan@example.com');
    const lines: string[] = [];
    const put: Outlet<string>['put'] = async (some) => {
      lines.push(...some);
      return [];
    };
    const outlet = { put };
    await captureAgain(
      { outlet, table: on.table, clock: shop.clock },
      { ...keys.fact(orderId, 1), at: shop.now(), change: '1' },
    );

    expect(named(lines.map(known), 'customer.counted')).toMatchObject([{ data: { orderId, nth: 1 } }]);
  });
});

describe('a change that comes again', () => {
  test('gives records of the same ids', async () => {
    await shop.receive('AGAIN', 2);
    await shop.buy(costOf([{ sku: 'AGAIN', quantity: 2 }]));
    const changes = await passing();
    const ids = async () => (await capture(changes)).lines.map((line) => known(line).id);

    expect(await ids()).toEqual(await ids());
    expect(new Set(await ids()).size).toBe((await ids()).length);
  });

  test('begins with the first item that the delivery stream did not take', async () => {
    await shop.receive('FIRST', 1);
    await shop.receive('SECOND', 1);
    const changes = await passing();
    const { batchItemFailures, handedOver } = await capture(changes, async (lines) =>
      lines.flatMap((line, index) =>
        line.includes('SECOND') ? [{ index, reason: 'ServiceUnavailableException', isFinal: false }] : [],
      ),
    );
    const first = changes.find(({ dynamodb }) => JSON.stringify(dynamodb).includes('SECOND'));

    expect(batchItemFailures).toEqual([{ itemIdentifier: first?.dynamodb?.SequenceNumber }]);
    expect(handedOver).toEqual([]);
  });

  test('is not asked for where one item can not be read: its key goes to a queue, and the others are taken', async () => {
    await shop.receive('GOOD', 1);
    const [good, ...others] = await passing();
    const broken = {
      eventName: 'INSERT',
      dynamodb: {
        SequenceNumber: '7',
        ApproximateCreationDateTime: 1_764_417_600,
        NewImage: { pk: { S: 'ORDER#ord_1' }, sk: { S: 'FACT#000001' }, facts: { B: 'bm90aGluZw==' } },
      },
    } as unknown as DynamoDBRecord;
    if (good === undefined) throw new Error('a movement is captured');
    const { batchItemFailures, handedOver, lines } = await capture([broken, good, ...others]);

    expect(batchItemFailures).toEqual([]);
    expect(lines.length).toBeGreaterThan(1);
    expect(handedOver.map((body) => readQueueMessage(body))).toEqual([
      {
        kind: 'uncaptured',
        item: { pk: 'ORDER#ord_1', sk: 'FACT#000001', at: '2025-11-29T12:00:00.000Z', change: '7' },
      },
    ]);
  });

  test('from its key is read from the table, with the same ids', async () => {
    await shop.receive('FROM-KEY', 3);
    await shop.buy(costOf([{ sku: 'FROM-KEY', quantity: 1 }]));
    const changes = await passing();
    const { handedOver } = await capture(changes, async (lines) =>
      lines.map((_line, index) => ({ index, reason: 'RecordTooLarge', isFinal: true })),
    );
    const again: string[] = [];
    const outlet = {
      put: async (lines: readonly string[]) => {
        again.push(...lines);
        return [];
      },
    };
    for (const body of handedOver) {
      const message = readQueueMessage(body);
      if (message.kind !== 'uncaptured') throw new Error('the key of an item');
      await captureAgain({ outlet, table: on.table, clock: shop.clock }, message.item);
    }
    const { lines } = await capture(changes);

    expect(new Set(again.map((line) => known(line).id))).toEqual(
      new Set(lines.map((line) => known(line).id)),
    );
  });
});

test('other items of the table do not pass, and have no record', async () => {
  await shop.receive('OTHERS', 3);
  await shop.buy(costOf([{ sku: 'OTHERS', quantity: 1 }]));
  const changes = await passing();
  const heads = changes.filter(({ dynamodb }) => dynamodb?.Keys?.sk?.S === 'ORDER');

  expect(heads).toEqual([]);
});
