import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { createOrderRecords, createReferences } from '../../../shared/aws/order/order-records.ts';
import { keys, listKey } from '../../../shared/aws/table.ts';
import { cancelOrder, headOf } from '../../../shared/order/index.ts';
import { actOnOrder, type Decided, UnknownOrder } from '../../../shared/timeline/index.ts';
import {
  authorised,
  booked,
  captured,
  cleared,
  declarationReleased,
  dispatched,
  dispatchRequested,
  expired,
  filed,
  released,
  scanned,
  started,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { costOf, openShop, type Shop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

const sku = 'TEA-TOWEL';

/** A fresh order of two units, with the id of its only parcel. */
async function newOrder() {
  await shop.receive(sku, 2);
  const orderId = await shop.buy(costOf([{ sku, quantity: 2 }]));
  const timeline = await shop.timelines.load(orderId);
  const placed = timeline?.facts[0];
  if (timeline === undefined || placed?.name !== 'order.placed') throw new Error('the order was placed');
  const { payment, parcels } = placed.data;
  const { paymentId } = payment;
  const parcelId = parcels[0]?.parcelId ?? '';
  const { total } = placed.data.landedCost.totals;
  return {
    ...{ orderId, timeline, parcelId },
    paid: [
      started({ paymentId, amount: total }),
      authorised({ paymentId, amount: total }),
      released(),
      captured({ paymentId, amount: total }),
    ] as NewFact[],
    append: async (...facts: readonly Decided[]) => {
      const latest = await shop.timelines.load(orderId);
      if (latest === undefined) throw new Error('the order is there');
      return shop.timelines.append({
        ...{ timeline: latest, facts },
        ...{ cause: { by: 'journey' }, now: shop.now() },
      });
    },
  };
}

describe('two callers that append at once', () => {
  test('one succeeds; the other has to load again, and nothing of it is written', async () => {
    const { orderId, timeline } = await newOrder();
    const append = (fact: Decided) =>
      shop.timelines.append({ timeline, facts: [fact], cause: { by: 'journey' }, now: shop.now() });
    const [a, b] = await Promise.all([append(started()), append(expired())]);
    expect([a, b].filter((appended) => appended === undefined)).toHaveLength(1);
    const facts = (await shop.timelines.load(orderId))?.facts ?? [];
    expect(facts).toEqual((a ?? b)?.facts);
    expect(facts.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(await on.item(keys.head(orderId))).toMatchObject({
      listKey: listKey(headOf(facts).list, orderId),
    });
  });

  test('each decides on the current state: no number is used twice and none is left out', async () => {
    const { orderId, parcelId, append, paid } = await newOrder();
    await append(...paid, booked({ parcelId }));
    const scans = Array.from({ length: 8 }, (_, index) => `scan-${index}`);
    await Promise.all(
      scans.map((scanId) =>
        actOnOrder(shop, orderId, { by: 'partner' }, () => [scanned({ parcelId, scanId })]),
      ),
    );
    const facts = (await shop.timelines.load(orderId))?.facts ?? [];
    expect(facts.map(({ sequence }) => sequence)).toEqual(facts.map((_, index) => index + 1));
    const seen = facts.flatMap((fact) => (fact.name === 'parcel.scanned' ? [fact.data.scanId] : []));
    expect(seen.toSorted()).toEqual(scans);
  });

  test('ten simultaneous requests to stop end the order once, and release its stock once', async () => {
    const { orderId } = await newOrder();
    const before = await shop.positionOf(sku);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => cancelOrder(shop, orderId, { by: 'shopper' })),
    );
    expect(new Set(outcomes)).toEqual(new Set(['cancelled', 'already-stopped']));
    const facts = (await shop.timelines.load(orderId))?.facts ?? [];
    expect(facts.filter(({ name }) => name === 'order.cancelled')).toHaveLength(1);
    const after = await shop.positionOf(sku);
    expect(after?.available).toBe((before?.available ?? 0) + 2);
    expect(after?.reserved).toBe((before?.reserved ?? 0) - 2);
  });
});

describe('facts and their results are written together', () => {
  test('the labels of a consignment of the maximum number of cartons, each with its reference', async () => {
    const { orderId, parcelId, append, paid } = await newOrder();
    await append(...paid);
    const numbers = Array.from({ length: 50 }, (_, index) => `CARTON-${index + 1}`);
    const pieces = numbers.map((trackingNumber) => ({
      ...{ carrierShipmentId: `shp_${trackingNumber}`, trackingNumber },
      ...{ labelUrl: 'https://labels.test/1.pdf', cost: { amount: 450, currency: 'EUR' as const } },
    }));
    await append(booked({ parcelId, trackingNumber: 'CARTON-1', pieces }));
    const references = createReferences(on.table);
    for (const number of numbers)
      expect(await references.orderOf({ kind: 'carrier', code: 'easypost', reference: number })).toEqual({
        orderId,
        parcelId,
      });
  });

  test('stock, journals, references and summary over a whole order', async () => {
    const { orderId, parcelId, append, paid } = await newOrder();
    const before = await shop.positionOf(sku);
    await append(...paid);
    await append(booked({ parcelId, trackingNumber: 'TRACK-1' }));
    const declarationId = idOf('declaration', 1);
    await append(filed({ parcelId, lrn: 'LRN-1' }), {
      ...declarationReleased(),
      data: { ...declarationReleased().data, parcelId, declarationId },
    });
    await append(cleared({ parcelId }), dispatchRequested({ parcelId }), dispatched({ parcelId }));

    const after = await shop.positionOf(sku);
    expect(after).toEqual({
      ...before,
      onHand: (before?.onHand ?? 0) - 2,
      reserved: (before?.reserved ?? 0) - 2,
      shipped: (before?.shipped ?? 0) + 2,
    });
    // Each step is one item, named by its first fact.
    const steps = (await shop.itemsOf(orderId)).filter(({ sk }) => String(sk).startsWith('FACT#'));
    expect(steps.map(({ sk }) => String(sk).slice(-2))).toEqual(['01', '02', '06', '07', '09']);
    // Each journal has the number of the fact that caused it: what makes tax chargeable, capture and hand-over.
    const journals = (await createOrderRecords(on.table).read(orderId))?.journals ?? [];
    expect(journals.map(({ factSequence }) => factSequence)).toEqual([3, 5, 11]);
    const references = createReferences(on.table);
    const dispatchId = idOf('dispatch', 1);
    const owned = [
      { kind: 'carrier', code: 'easypost', reference: 'TRACK-1' },
      { kind: 'customs', code: 'rest-broker', reference: 'LRN-1' },
      { kind: 'warehouse', code: 'wms', reference: dispatchId },
    ] as const;
    for (const name of owned) {
      expect(await references.orderOf(name)).toEqual({ orderId, parcelId });
      expect(await references.orderOf({ ...name, code: 'another' })).toBeUndefined();
    }
    expect(
      await references.orderOf({ kind: 'customs', code: 'rest-broker', reference: 'TRACK-1' }),
    ).toBeUndefined();
    expect(await on.item(keys.head(orderId))).toMatchObject({
      listKey: listKey('open', orderId),
      ...{ storefrontId: 'shop', accessTokenHash: expect.any(String) },
    });
  });

  test('a fact keeps its time of occurrence and its time of recording', async () => {
    const { append } = await newOrder();
    const appended = await append({ ...started(), occurredAt: '2026-11-23T09:59:00.000Z' });
    expect(appended?.facts.at(-1)).toMatchObject({
      ...{ occurredAt: '2026-11-23T09:59:00.000Z', recordedAt: shop.now(), cause: { by: 'journey' } },
      ...{ sequence: 2, id: expect.stringMatching(/^fct_/) },
    });
  });
});

describe('an invalid append writes nothing', () => {
  const unchanged = async (attempt: () => Promise<unknown>, words: string | RegExp) => {
    const before = await on.items();
    await expect(attempt()).rejects.toThrow(words);
    expect(await on.items()).toEqual(before);
  };

  test('if a move is not legal, even after one that is', async () => {
    const { append } = await newOrder();
    await unchanged(() => append(released()), /can't go from placed/);
    await unchanged(() => append(started(), released()), /can't go from placed/);
    await append(expired());
    await unchanged(() => append({ name: 'order.cancelled', data: { reason: 'operator' } }), /from expired/);
  });

  test('if a parcel does not belong to the order', async () => {
    const { append } = await newOrder();
    await unchanged(() => append(booked({ parcelId: idOf('parcel', 99) })), /no parcel/);
  });

  test('if a fact does not fit its schema, because it could never be read again', async () => {
    const { append } = await newOrder();
    const { parcelId } = await newOrder();
    const nameless = { name: 'parcel.label_voided', data: { parcelId, because: 'unused' } } as Decided;
    await unchanged(() => append(nameless), /because/);
  });

  test('if it releases stock that is not reserved', async () => {
    const other = 'de-hamburg';
    await shop.receive('LOST', 2, other);
    const orderId = await shop.buy(costOf([{ sku: 'LOST', quantity: 2 }], other));
    const { client, name } = on.table;
    const { UpdateCommand } = await import('@aws-sdk/lib-dynamodb');
    await client.send(
      new UpdateCommand({
        ...{ TableName: name, Key: keys.stock('LOST', other), UpdateExpression: 'SET reserved = :one' },
        ExpressionAttributeValues: { ':one': 1 },
      }),
    );
    await unchanged(() => cancelOrder(shop, orderId, { by: 'shopper' }), /can be released or shipped/);
  });
});

test('an order that nobody placed is unknown', async () => {
  expect(await shop.timelines.load(idOf('order', 404))).toBeUndefined();
  await expect(cancelOrder(shop, idOf('order', 404), { by: 'shopper' })).rejects.toThrow(UnknownOrder);
});

test('a timeline of several pages is loaded completely', async () => {
  const { orderId, parcelId, append, paid } = await newOrder();
  await append(...paid, booked({ parcelId }));
  const words = 'in transit '.repeat(8_000);
  for (let index = 0; index < 14; index += 1) {
    await append(scanned({ parcelId, carrierStatus: words, scanId: `long-${index}` }));
  }
  const facts = (await shop.timelines.load(orderId))?.facts ?? [];
  expect(JSON.stringify(facts).length).toBeGreaterThan(1_100_000);
  expect(facts.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});
