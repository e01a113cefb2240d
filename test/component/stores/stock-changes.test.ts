import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StockChanged, type StockChangedData } from '../../../events/stock.ts';
import { streamPatterns } from '../../../infra/constructs/stream-subscription.ts';
import { compilePattern } from '../../../infra/local/front/event-pattern.ts';
import { createEngineClient, type EngineClient } from '../../../infra/local/table/engine-client.ts';
import { openStream, type StreamReader } from '../../../infra/local/table/read-stream.ts';
import type { BusEvent } from '../../../shared/aws/relay/bus.ts';
import type { Outlet } from '../../../shared/aws/relay/refusal.ts';
import type { ChangedBucket } from '../../../shared/aws/stock/changed-bucket.ts';
import { stockEventsOf } from '../../../shared/aws/stock/changes.ts';
import { cancelOrder } from '../../../shared/order/index.ts';
import type { Sent } from '../../../shared/runtime/outgoing.ts';
import { readQueueMessage } from '../../../shared/runtime/queue-message.ts';
import { relayAgain } from '../../../shared/runtime/relay-again.ts';
import { relayStockChanges } from '../../../shared/runtime/relay-stock.ts';
import { type NewItem, stream } from '../../../shared/runtime/stream.ts';
import { context } from '../runtime/lambda-events.ts';
import { costOf, openShop, type Shop, ship, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

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
beforeEach(async () => {
  await passing();
});

// Facts and reports come by the same mapping.
const filters = streamPatterns.changes
  .filter((pattern) => JSON.stringify(pattern).includes('STOCK#'))
  .map((pattern) => compilePattern(pattern));

/** The records since the last call that pass the filters, as the function receives them. */
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

/** The keys of items that could not be published. */
let handedOver: string[] = [];
beforeEach(() => {
  handedOver = [];
});

async function relay(Records: DynamoDBRecord[], put: Outlet<BusEvent>['put']) {
  const unrelayed = { send: async (key: string) => void handedOver.push(key) };
  const stockEvents = (changed: readonly ChangedBucket<NewItem>[]) =>
    stockEventsOf(on.table, changed, shop.clock);
  const harness = { outlet: { put }, unrelayed, stockEvents };
  return stream(() => harness, relayStockChanges)({ Records } as DynamoDBStreamEvent, context);
}

/** The reports of the writes since the last call. */
async function reported(): Promise<StockChangedData[]> {
  const events: BusEvent[] = [];
  const answer = await relay(await passing(), async (batch) => {
    events.push(...batch);
    return [];
  });
  expect(answer.batchItemFailures).toEqual([]);
  expect(new Set(events.map(({ name }) => name)).size).toBeLessThanOrEqual(1);
  return events.map(({ detail }) => StockChanged.data.parse(JSON.parse(detail)));
}

const buy = (sku: string, quantity: number) => shop.buy(costOf([{ sku, quantity }]));

describe('a change of stock is reported', () => {
  test('for a movement by hand, once for each warehouse, and not for orders in between', async () => {
    const sku = 'BY-HAND';
    await shop.receive(sku, 9);
    expect(await reported()).toEqual([
      {
        ...{ sku, warehouseId, available: 9, reserved: 0, quarantined: 0, onHand: 9, inTransit: 0 },
        asOf: shop.now(),
      },
    ]);
    const first = await buy(sku, 2);
    await buy(sku, 3);
    await cancelOrder(shop, first, { by: 'shopper' });
    expect(await passing()).toEqual([]);
    await shop.move({
      ...{ kind: 'dispatch-transfer', sku, warehouseId, toWarehouseId: 'pl-poznan', quantity: 4 },
      ...{ transferId: 'T-9', expectedAt: '2026-12-20T10:00:00.000Z' },
    });
    expect(await reported()).toMatchObject([
      { warehouseId, available: 2, onHand: 5, inTransit: 0 },
      { warehouseId: 'pl-poznan', available: 0, onHand: 0, inTransit: 4 },
    ]);
  });

  test('when stock runs out and when it is back, and not for units shipped meanwhile', async () => {
    const sku = 'LAST';
    await shop.receive(sku, 4);
    await reported();
    const shipped = await buy(sku, 1);
    expect(await reported()).toEqual([]);
    const cancelled = await buy(sku, 3);
    expect(await reported()).toMatchObject([{ sku, available: 0, reserved: 4 }]);
    await ship(shop, shipped);
    expect(await passing()).toEqual([]);
    await cancelOrder(shop, cancelled, { by: 'shopper' });
    expect(await reported()).toMatchObject([{ sku, available: 3, reserved: 0, onHand: 3 }]);
  });

  test('for several buckets only when all are empty, and not for units that move between them', async () => {
    const sku = 'SPREAD';
    await shop.receive(sku, 12);
    await reported();
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 4);
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 2);
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 4);
    await shop.rebalancing.gather({ sku, warehouseId }, { counter: 'available', quantity: 9 });
    expect(await passing()).toEqual([]);
    const events: StockChangedData[] = [];
    for (let order = 0; order < 12; order += 1) {
      expect(events).toEqual([]);
      await buy(sku, 1);
      events.push(...(await reported()));
    }
    expect(events).toMatchObject([{ sku, available: 0, reserved: 12 }]);
    // Units that come back into any bucket are reported.
    await shop.receive(sku, 8);
    expect(await reported()).toMatchObject([{ sku, available: 8 }]);
  });

  test('for a movement by hand that empties one of several buckets', async () => {
    const sku = 'ONE-EMPTY';
    await shop.receive(sku, 12);
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 2);
    await reported();
    await shop.move({ kind: 'write-off', sku, warehouseId, quantity: 6 });
    expect(await reported()).toMatchObject([{ sku, available: 6, onHand: 6 }]);
  });

  test('as the state after many changes at once, with one event for each place', async () => {
    for (const sku of ['MANY-A', 'MANY-B']) {
      await shop.receive(sku, 1);
      await buy(sku, 1);
      await shop.receive(sku, 5);
      await buy(sku, 5);
    }
    const changed = await reported();
    expect(changed.map(({ sku, available }) => [sku, available])).toEqual([
      ['MANY-A', 0],
      ['MANY-B', 0],
    ]);
  });
});

test('a report that the bus refused is sent again', async () => {
  await shop.receive('FIRST', 1);
  await shop.receive('SECOND', 1);
  const records = await passing();
  const throttled = { index: 1, reason: 'ThrottlingException', isFinal: false };
  const { batchItemFailures } = await relay(records, async () => [throttled]);
  expect(batchItemFailures).toEqual([{ itemIdentifier: records[1]?.dynamodb?.SequenceNumber }]);
  expect(handedOver).toEqual([]);
});

test('a report that the bus refuses finally is published from its key, with the stock at that time', async () => {
  await shop.receive('REFUSED', 5);
  await shop.receive('BEHIND', 1);
  const refused = { index: 0, reason: 'MalformedDetail', isFinal: true };
  const { batchItemFailures } = await relay(await passing(), async () => [refused]);
  expect(batchItemFailures).toEqual([]);
  expect(handedOver).toHaveLength(1);
  const message = readQueueMessage(handedOver[0] ?? '');
  if (message.kind !== 'unrelayed') throw new Error('the key of the item');
  await shop.receive('REFUSED', 2);
  const sent: Sent[] = [];
  const put: Outlet<Sent>['put'] = async (batch) => {
    sent.push(...batch);
    return [];
  };
  const deps = { outlet: { put }, publishesAllFacts: false, table: on.table, clock: shop.clock };
  await relayAgain(deps, message.key);
  const details = sent.map((each) => ('detail' in each ? JSON.parse(each.detail) : each));
  expect(details).toMatchObject([{ sku: 'REFUSED', available: 7 }]);
});

test('other items of the table are not reported, and neither are other attributes of stock', async () => {
  const others = await on.items();
  const records = others
    .filter(({ pk }) => !String(pk).startsWith('STOCK#'))
    .map(
      ({ pk, sk }): DynamoDBRecord => ({
        dynamodb: { SequenceNumber: '1', NewImage: { pk: { S: String(pk) }, sk: { S: String(sk) } } },
      }),
    );
  expect(records.length).toBeGreaterThan(10);
  const { batchItemFailures } = await relay(records, async () => {
    throw new Error('nothing is reported');
  });
  expect(batchItemFailures).toEqual([]);
});
