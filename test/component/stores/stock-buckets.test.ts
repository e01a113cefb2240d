import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countersOf, takersOf } from '../../../shared/aws/stock/buckets.ts';
import { leaseStock } from '../../../shared/aws/stock/lease.ts';
import { rebuildStock } from '../../../shared/aws/stock/rebuild.ts';
import { keys } from '../../../shared/aws/table.ts';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { cancelOrder } from '../../../shared/order/index.ts';
import { MAX_LINES } from '../../../shared/quote/quote.ts';
import { counterNames } from '../../../shared/stock/index.ts';
import { landedCost } from '../../builders/landed-cost.ts';
import { consignmentOf, costOf, openShop, type Shop, ship, warehouseId } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable({ throughProxy: true });
  shop = openShop(on);
});
afterAll(() => on.stop());

const one = (sku: string, quantity = 1) => costOf([{ sku, quantity }]);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** A SKU with its units spread over a number of buckets. */
async function stocked(sku: string, quantity: number, buckets: number): Promise<void> {
  await shop.receive(sku, quantity);
  expect(await shop.rebalancing.setBuckets({ sku, warehouseId }, buckets)).toBe('set');
}

/** The units that each bucket can sell. */
async function availableIn(sku: string, buckets: number): Promise<number[]> {
  const items = await Promise.all(times(buckets, (bucket) => on.item(keys.stock(sku, warehouseId, bucket))));
  return items.map((item) => countersOf(item).available);
}

async function buyAll(sku: string, wants: readonly number[]) {
  const quotes = await Promise.all(wants.map((quantity) => shop.quote(one(sku, quantity))));
  const answers = await Promise.all(quotes.map(({ quoteId }) => shop.place(quoteId)));
  return answers.map((answer) => (answer.ok ? answer.value.orderId : answer.error.reason));
}

const sold = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome.startsWith('ord_'));

/** Checks that all stored figures of the SKU are the sums of its records. */
async function expectRebuilt(sku: string): Promise<void> {
  expect(await rebuildStock(on.table, sku)).toMatchObject({ differences: [], movedMeanwhile: false });
}

describe('a SKU in one bucket', () => {
  test('costs an order one request, no read, and a fixed number of write units', async () => {
    const sku = 'PLAIN';
    await shop.receive(sku, 5);
    const { quoteId } = await shop.quote(one(sku));
    const quote = await shop.quotes.get(quoteId);
    const cost = quote?.options[0]?.landedCost;
    if (cost === undefined) throw new Error('the quote is there');
    const before = on.counts();
    const placed = await shop.place(quoteId);
    const after = on.counts();
    const orderId = placed.ok ? placed.value.orderId : '';
    const fact = await on.item(keys.fact(orderId, 1));
    const bytes = fact?.facts instanceof Uint8Array ? fact.facts.length : Number.NaN;
    // The names of the item's attributes and its keys take 56 bytes more.
    const factUnits = Math.ceil((bytes + 56) / 1024);
    // The items are the request, the head and the stock, and the fact by its size. The index entries are two of the
    // head, and the fact's by the shopper's e-mail address.
    const wanted = 2 * (3 + factUnits) + 3;
    expect((after['dynamodb.writeUnits'] ?? 0) - (before['dynamodb.writeUnits'] ?? 0)).toBe(wanted);
    // Only the quote was read.
    expect((after['dynamodb.readUnits'] ?? 0) - (before['dynamodb.readUnits'] ?? 0)).toBeLessThanOrEqual(2);
  });

  test('is stored in one item', async () => {
    const orderId = await shop.buy(one('PLAIN', 2));
    const ofStock = (await on.items()).filter(({ pk }) => String(pk).startsWith('STOCK#PLAIN'));
    expect(ofStock.map(({ pk, sk }) => [pk, sk])).toEqual([['STOCK#PLAIN', `WAREHOUSE#${warehouseId}`]]);
    expect(takersOf(ofStock[0])).toContain(orderId);
    await expectRebuilt('PLAIN');
  });
});

describe('a SKU in several buckets', () => {
  test('is spread evenly without losing a unit, and can be brought back into one bucket', async () => {
    await stocked('SPREAD', 1003, 16);
    const each = await availableIn('SPREAD', 16);
    expect(each.reduce((sum, units) => sum + units, 0)).toBe(1003);
    expect(Math.max(...each) - Math.min(...each)).toBe(1);
    await shop.rebalancing.setBuckets({ sku: 'SPREAD', warehouseId }, 3);
    expect((await availableIn('SPREAD', 64)).toSorted((a, b) => b - a).slice(0, 4)).toEqual([
      335, 334, 334, 0,
    ]);
    await shop.rebalancing.setBuckets({ sku: 'SPREAD', warehouseId }, 1);
    expect(await availableIn('SPREAD', 3)).toEqual([1003, 0, 0]);
    expect(await shop.positionOf('SPREAD')).toMatchObject({ available: 1003, onHand: 1003, buckets: 1 });
  });

  test('is quoted as the sum of its buckets, with one more request for all SKUs together', async () => {
    await stocked('SUM-A', 40, 16);
    await stocked('SUM-B', 30, 4);
    await shop.receive('SUM-C', 7);
    expect(await shop.stock.availability(['SUM-A', 'SUM-B', 'SUM-C', 'SUM-A'])).toEqual(
      new Map([
        ['SUM-A', new Map([[warehouseId, 40]])],
        ['SUM-B', new Map([[warehouseId, 30]])],
        ['SUM-C', new Map([[warehouseId, 7]])],
      ]),
    );
  });

  test.each([
    [4, 30, 12],
    [16, 30, 12],
    [64, 30, 12],
    [16, 12, 30],
    [64, 1, 1],
    [8, 20, 1],
  ])(
    'with %i buckets, for %i buyers of %i units, sells exactly the smaller number',
    async (buckets, buyers, units) => {
      const sku = `SALE-${buckets}-${buyers}-${units}`;
      await stocked(sku, units, buckets);
      const outcomes = await buyAll(
        sku,
        times(buyers, () => 1),
      );
      expect(sold(outcomes)).toHaveLength(Math.min(buyers, units));
      const refused = new Set(outcomes.filter((outcome) => !outcome.startsWith('ord_')));
      expect([...refused]).toEqual(buyers > units ? ['stock-gone'] : []);
      const count = Math.min(buyers, units);
      expect(await shop.positionOf(sku)).toMatchObject({
        available: units - count,
        reserved: count,
        onHand: units,
      });
      await expectRebuilt(sku);
    },
  );

  test('serves an order that no single bucket can serve, to the last unit and not one more', async () => {
    await stocked('SEVERAL', 20, 16);
    expect(await buyAll('SEVERAL', [21])).toEqual(['stock-gone']);
    expect(sold(await buyAll('SEVERAL', [13]))).toHaveLength(1);
    expect(await buyAll('SEVERAL', [8])).toEqual(['stock-gone']);
    expect(sold(await buyAll('SEVERAL', [7]))).toHaveLength(1);
    expect(await shop.positionOf('SEVERAL')).toMatchObject({ available: 0, reserved: 20, onHand: 20 });
    await expectRebuilt('SEVERAL');
  });

  test('checks the same SKU on two lines against the sum', async () => {
    await stocked('TWICE', 9, 4);
    const twice = (quantity: number) =>
      costOf([
        { sku: 'TWICE', quantity },
        { sku: 'TWICE', quantity },
      ]);
    const tooMany = await shop.place((await shop.quote(twice(5))).quoteId);
    expect(tooMany).toEqual({ ok: false, error: { reason: 'stock-gone', skus: ['TWICE'] } });
    await shop.buy(twice(4));
    expect(await shop.positionOf('TWICE')).toMatchObject({ available: 1, reserved: 8 });
  });

  test('receives back the units of a cancelled order from any bucket, and ships the units that left', async () => {
    const sku = 'TEA-TOWEL';
    await stocked(sku, 12, 8);
    const cancelled = await shop.buy(one(sku, 5));
    const shipped = await shop.buy(one(sku, 4));
    // The buckets of these units are removed in between.
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 2);
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 16);
    await cancelOrder(shop, cancelled, { by: 'shopper' });
    expect(await shop.positionOf(sku)).toMatchObject({ available: 8, reserved: 4, onHand: 12 });
    await ship(shop, shipped);
    expect(await shop.positionOf(sku)).toMatchObject({ available: 8, reserved: 0, onHand: 8, shipped: 4 });
    await expectRebuilt(sku);
  });

  test('is moved by hand from several buckets, and never more than there is', async () => {
    const sku = 'BY-HAND';
    await stocked(sku, 30, 16);
    const move = (kind: 'write-off' | 'quarantine' | 'release-from-quarantine', quantity: number) =>
      shop.move({ kind, sku, warehouseId, quantity });
    expect(await move('write-off', 31)).toBe('not-enough');
    expect(await move('write-off', 9)).toBe('moved');
    expect(await move('quarantine', 11)).toBe('moved');
    expect(await move('quarantine', 11)).toBe('not-enough');
    expect(await move('release-from-quarantine', 12)).toBe('not-enough');
    expect(await move('release-from-quarantine', 7)).toBe('moved');
    expect(await shop.positionOf(sku)).toMatchObject({
      onHand: 21,
      available: 17,
      quarantined: 4,
      writtenOff: 9,
    });
    // Received units are spread at once.
    await shop.receive(sku, 160);
    expect(Math.min(...(await availableIn(sku, 16)))).toBeGreaterThan(4);
    await expectRebuilt(sku);
  });

  test('is noticed by a caller that assumed one bucket, and also the return to one bucket', async () => {
    const sku = 'LEARNED';
    await shop.receive(sku, 100);
    await shop.buy(one(sku));
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 4);
    const before = await availableIn(sku, 4);
    for (let order = 0; order < 24; order += 1) await shop.buy(one(sku));
    const taken = (await availableIn(sku, 4)).map((units, bucket) => (before[bucket] ?? 0) - units);
    expect(taken.reduce((sum, units) => sum + units, 0)).toBe(24);
    expect(taken.filter((units) => units > 0).length).toBeGreaterThan(2);
    await shop.rebalancing.setBuckets({ sku, warehouseId }, 1);
    await shop.buy(one(sku, 75));
    expect(await shop.positionOf(sku)).toMatchObject({ available: 0, reserved: 100, buckets: 1 });
  });
});

test('buyers of a sold-out SKU do not each read all buckets, and find returned units a second later', async () => {
  const sku = 'GONE';
  await stocked(sku, 2, 32);
  await buyAll(sku, [1, 1]);
  const readsOfNext = async () => {
    const { quoteId } = await shop.quote(one(sku));
    const before = on.counts()['dynamodb.readUnits'] ?? 0;
    const answer = await shop.place(quoteId);
    expect(answer).toMatchObject({ ok: false, error: { reason: 'stock-gone' } });
    return (on.counts()['dynamodb.readUnits'] ?? 0) - before;
  };
  expect(await readsOfNext()).toBeGreaterThan(32);
  // The read of the quote.
  expect(await readsOfNext()).toBeLessThanOrEqual(2);
  await shop.receive(sku, 1);
  shop.pass(1_000);
  expect(sold(await buyAll(sku, [1]))).toHaveLength(1);
  await expectRebuilt(sku);
});

describe('an order with many lines', () => {
  test('of twenty SKUs from two warehouses is one transaction within the limits of DynamoDB', async () => {
    const skus = times(20, (index) => `BOTH-${index}`);
    const [here, there] = [skus.slice(0, 12), skus.slice(8)];
    await Promise.all(here.map((sku) => stocked(sku, 4, 4)));
    await Promise.all(there.map((sku) => shop.receive(sku, 3, 'pl-poznan')));
    const lines = (of: readonly string[], quantity: number) => of.map((sku) => ({ sku, quantity }));
    const cost = landedCost({
      consignments: [
        // Each line needs all buckets of its SKU, and four SKUs are sent from both warehouses.
        consignmentOf(lines(here, 4)),
        consignmentOf(lines(there, 3), 'pl-poznan'),
      ],
    });
    const transactions: { items: number; bytes: number }[] = [];
    on.table.client.middlewareStack.add(
      (next) => (args) => {
        const { TransactItems } = args.input as { TransactItems?: unknown[] };
        if (TransactItems !== undefined)
          transactions.push({ items: TransactItems.length, bytes: JSON.stringify(TransactItems).length });
        return next(args);
      },
      { step: 'initialize', name: 'sizes' },
    );
    const orderId = await shop.buy(cost);
    on.table.client.middlewareStack.remove('sizes');
    for (const { items, bytes } of transactions) {
      expect(items).toBeLessThanOrEqual(100);
      expect(bytes).toBeLessThan(4_000_000);
    }
    for (const sku of here) expect(await shop.positionOf(sku)).toMatchObject({ available: 0, reserved: 4 });
    for (const sku of there)
      expect(await shop.positionOf(sku, 'pl-poznan')).toMatchObject({ available: 0, reserved: 3 });
    // An order that lacks one unit of one line reserves nothing.
    expect(await shop.place((await shop.quote(cost)).quoteId)).toMatchObject({ ok: false });
    await cancelOrder(shop, orderId, { by: 'shopper' });
    for (const sku of skus) await expectRebuilt(sku);
    expect(await shop.positionOf('BOTH-9')).toMatchObject({ available: 4, reserved: 0 });
  });

  test('of twenty SKUs with one unit in each bucket fits into its transaction', async () => {
    const skus = times(20, (index) => `THIN-${index}`);
    await Promise.all(skus.map((sku) => stocked(sku, 16, 16)));
    const lines = skus.map((sku) => ({ sku, quantity: 16 }));
    const orderId = await shop.buy(costOf(lines));
    for (const sku of skus) expect(await shop.positionOf(sku)).toMatchObject({ available: 0, reserved: 16 });
    await cancelOrder(shop, orderId, { by: 'shopper' });
    for (const sku of skus) {
      expect(await shop.positionOf(sku)).toMatchObject({ available: 16, reserved: 0 });
      await expectRebuilt(sku);
    }
  });

  test('of the maximum basket is found from each of its SKUs', async () => {
    const skus = times(MAX_LINES, (index) => `WIDE-${index}`);
    await Promise.all(skus.map((sku) => shop.receive(sku, 2)));
    const orderId = await shop.buy(costOf(skus.map((sku) => ({ sku, quantity: 1 }))));
    for (const sku of skus) expect(takersOf(await on.item(keys.stock(sku, warehouseId)))).toEqual([orderId]);
    expect(await rebuildStock(on.table, 'WIDE-7')).toEqual({
      ...{ movements: 1, orders: 1, differences: [], movedMeanwhile: false },
    });
    // No other order is found from them.
    await shop.receive('WIDE-NOT', 1);
    expect(await rebuildStock(on.table, 'WIDE-NOT')).toMatchObject({ orders: 0, differences: [] });
  });
});

describe('moving units between buckets', () => {
  test('sells buyers exactly the stock, and refuses nobody while there is enough', async () => {
    const sku = 'BESIDE';
    await stocked(sku, 60, 1);
    let isOver = false;
    const rebalance = async () => {
      const counts = [4, 16, 64, 2, 1, 8, 32];
      for (let turn = 0; !isOver; turn += 1)
        await shop.rebalancing.setBuckets({ sku, warehouseId }, counts[turn % counts.length] ?? 1);
    };
    const rebalanced = rebalance();
    const outcomes: string[] = [];
    // A buyer without an answer asks again, as the response says. No buyer is refused because nothing is left.
    while (sold(outcomes).length < 60) {
      const left = 60 - sold(outcomes).length;
      outcomes.push(
        ...(await buyAll(
          sku,
          times(Math.min(left, 15), () => 1),
        )),
      );
      expect(outcomes).not.toContain('stock-gone');
    }
    const late = await buyAll(sku, [1, 2, 1]);
    expect(sold(late)).toEqual([]);
    isOver = true;
    await rebalanced;
    expect(sold(outcomes)).toHaveLength(60);
    expect(await shop.positionOf(sku)).toMatchObject({ available: 0, reserved: 60, onHand: 60 });
    await expectRebuilt(sku);
  });

  test('is done by one process at a time, and a process that stopped blocks it for a minute', async () => {
    const sku = 'LEASED';
    const place = { sku, warehouseId };
    await stocked(sku, 10, 2);
    const { client, name } = on.table;
    await client.send(
      new UpdateCommand({
        ...{ TableName: name, Key: keys.stock(sku, warehouseId) },
        UpdateExpression: 'SET leasedBy = :gone, leasedUntil = :until',
        ExpressionAttributeValues: { ':gone': 'gone', ':until': '2026-11-23T10:01:00.000Z' },
      }),
    );
    expect(await shop.rebalancing.setBuckets(place, 4)).toBe('busy');
    // Available units are still sold, but a shortage is not reported while units may be moving.
    expect(sold(await buyAll(sku, [10]))).toHaveLength(1);
    expect(await buyAll(sku, [1])).toEqual(['contended']);
    shop.pass(2 * minuteMs);
    expect(await buyAll(sku, [1])).toEqual(['stock-gone']);
    expect(await shop.rebalancing.setBuckets(place, 4)).toBe('set');
    expect(await shop.rebalancing.setBuckets({ sku: 'NEVER', warehouseId }, 4)).toBe('unknown');
  });

  test('is not possible any more for a process whose lease another one has taken over', async () => {
    const place = { sku: 'OVERTAKEN', warehouseId };
    await shop.receive(place.sku, 10);
    const lease = (leaseId: string) => leaseStock(on.table, place, { clock: shop.clock, leaseId });
    const slow = await lease('slow');
    shop.pass(2 * minuteMs);
    expect(await lease('next')).toMatchObject({ layout: { spread: 1 } });
    if (typeof slow === 'string') throw new Error('the lease was free');
    expect(slow.holds()).toBe(false);
    await expect(slow.writeLayout({ spread: 4 })).rejects.toThrow('lost');
  });

  test('ends with one of two numbers if two callers set the number at once', async () => {
    const sku = 'BOTH';
    await stocked(sku, 100, 1);
    const outcomes = await Promise.all(
      [4, 16, 64].map((buckets) => shop.rebalancing.setBuckets({ sku, warehouseId }, buckets)),
    );
    expect(outcomes.filter((outcome) => outcome === 'set').length).toBeGreaterThan(0);
    const position = await shop.positionOf(sku);
    expect([4, 16, 64]).toContain(position?.buckets);
    expect(position).toMatchObject({ available: 100, onHand: 100 });
  });
});

test('a figure that somebody altered is reported, with the sum of the records', async () => {
  const sku = 'ALTERED';
  await stocked(sku, 10, 4);
  await shop.buy(one(sku, 3));
  const { client, name } = on.table;
  await client.send(
    new UpdateCommand({
      ...{ TableName: name, Key: keys.stock(sku, warehouseId, 2), UpdateExpression: 'ADD available :one' },
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
  expect(await rebuildStock(on.table, sku)).toEqual({
    ...{ movements: 1, orders: 1, movedMeanwhile: false },
    differences: [{ warehouseId, counter: 'available', stored: 8, rebuilt: 7 }],
  });
});

test('after all tests, the figures of every bucket add up', async () => {
  for (const item of await on.items()) {
    if (!String(item.pk).startsWith('STOCK#') || String(item.pk).startsWith('STOCK#ALTERED')) continue;
    const counters = countersOf(item);
    expect([item.pk, counters.onHand]).toEqual([
      item.pk,
      counters.available + counters.reserved + counters.quarantined,
    ]);
    expect(counterNames.filter((name) => name !== 'writtenOff' && counters[name] < 0)).toEqual([]);
  }
});
