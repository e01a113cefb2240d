import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOrderLists } from '../../../shared/aws/order/order-lists.ts';
import { ordersOfWarehouse } from '../../../shared/aws/order/orders-of-warehouse.ts';
import { secondMs } from '../../../shared/kernel/time.ts';
import { actOnOrder, type Decided } from '../../../shared/timeline/index.ts';
import { expired, held } from '../../builders/facts.ts';
import { project } from '../../fakes/project.ts';
import { costOf, openShop, type Shop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;
let lists: ReturnType<typeof createOrderLists>;
/** Seven orders, the oldest first. */
const orderIds: string[] = [];

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
  lists = createOrderLists(on.table, project);
  await shop.receive('TEA', 100);
  for (let index = 0; index < 7; index += 1) {
    orderIds.push(await shop.buy(costOf([{ sku: 'TEA', quantity: 1 }])));
    shop.pass(secondMs);
  }
});
afterAll(() => on.stop());

const then = (orderId: string, ...facts: Decided[]) =>
  actOnOrder(shop, orderId, { by: 'journey' }, () => facts);
const idsOn = async (list: 'open' | 'attention' | 'closed') =>
  (await lists.page(list, 100))?.orders.map(({ orderId }) => orderId);

describe('the list of open orders', () => {
  test('is sorted by time, newest first, in pages, and contains each order once', async () => {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await lists.page('open', 3, cursor);
      pages.push(page?.orders.map(({ orderId }) => orderId) ?? []);
      cursor = page?.cursor;
    } while (cursor !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(orderIds.toReversed());
  });

  test('shows the data of an order that a list needs', async () => {
    const page = await lists.page('open', 1);
    expect(page?.orders).toEqual([
      {
        orderId: orderIds[6],
        status: 'placed',
        storefrontId: 'shop',
        placedAt: '2026-11-23T10:00:06.000Z',
        warehouses: ['cn-shenzhen'],
        attention: [],
      },
    ]);
  });

  test('continues from a cursor whose order has left the list', async () => {
    const first = await lists.page('open', 2);
    const last = first?.orders[1]?.orderId ?? '';
    await then(last, expired());
    const second = await lists.page('open', 2, first?.cursor);
    expect(second?.orders.map(({ orderId }) => orderId)).toEqual([orderIds[4], orderIds[3]]);
    expect(await idsOn('closed')).toEqual([last]);
  });
});

describe('the orders that wait for a warehouse', () => {
  const waitingFor = async (warehouseId: string, limit = 100) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ordersOfWarehouse(lists, warehouseId, { list: 'open', limit, cursor });
      expect(page?.orders.length).toBeLessThanOrEqual(limit);
      found.push(...(page?.orders.map(({ orderId }) => orderId) ?? []));
      cursor = page?.cursor;
    } while (cursor !== undefined);
    return found;
  };

  test('are those with parcels that have not left, page by page', async () => {
    await shop.receive('TEA', 5, 'pl-poznan');
    const first = await shop.buy(costOf([{ sku: 'TEA', quantity: 1 }], 'pl-poznan'));
    shop.pass(secondMs);
    const other = await shop.buy(costOf([{ sku: 'TEA', quantity: 1 }]));
    shop.pass(secondMs);
    const second = await shop.buy(costOf([{ sku: 'TEA', quantity: 1 }], 'pl-poznan'));
    for (const limit of [1, 2, 100]) expect(await waitingFor('pl-poznan', limit)).toEqual([second, first]);
    expect(await waitingFor('cn-shenzhen')).toContain(other);
    expect(await waitingFor('fr-lille')).toEqual([]);
    for (const orderId of [first, second, other]) await then(orderId, expired());
    expect(await waitingFor('pl-poznan')).toEqual([]);
  });

  test('are read with a cursor that only we can issue', async () => {
    expect(
      await ordersOfWarehouse(lists, 'pl-poznan', { list: 'open', limit: 3, cursor: '%%%' }),
    ).toBeUndefined();
  });
});

test('an order is on one list at a time: open, needing a person, or closed', async () => {
  const [orderId = ''] = orderIds;
  await then(orderId, held('customs-inspection'));
  expect(await idsOn('attention')).toEqual([orderId]);
  expect(await idsOn('open')).not.toContain(orderId);
  await then(orderId, { name: 'order.cancelled', data: { reason: 'operator' } });
  expect(await idsOn('attention')).toEqual([]);
  expect(await idsOn('closed')).toContain(orderId);
});

test('an empty list is one empty page', async () => {
  expect(await lists.page('attention', 10)).toEqual({ orders: [], cursor: undefined });
});

describe('a foreign or damaged cursor', () => {
  const text = (value: string) => Buffer.from(value).toString('base64url');
  test.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['no JSON', text('what?')],
    ['null', text('null')],
    ['a key that is no text', text('{"pk":1}')],
    ['half a key', text('{"pk":"ORDER#x","sk":"ORDER"}')],
    ['a key of another partition', text('{"pk":"SELLER","sk":"SELLER","listKey":"x","listSort":"y"}')],
    ['no order behind the time', text('2026-11-23T10:00:06.000Z#ord_1')],
    ['a long one', text('x'.repeat(700))],
  ])('is reported as such: %s', async (_what, cursor) => {
    expect(await lists.page('open', 3, cursor)).toBeUndefined();
  });

  test('of another list is a valid place in this list too', async () => {
    const open = await lists.page('open', 1);
    expect(open?.cursor).toBeDefined();
    expect(await lists.page('attention', 1, open?.cursor)).toEqual({ orders: [], cursor: undefined });
  });
});

describe('a list of many orders over all shards', () => {
  /** Reads a list to its end. `between` runs after each page. */
  async function readThrough(
    list: 'open' | 'closed',
    limit: number,
    between: (page: number) => Promise<void> = async () => undefined,
  ) {
    const read: { orderId: string; placedAt: string }[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await lists.page(list, limit, cursor);
      if (page === undefined) throw new Error('the cursor is one of ours');
      read.push(...page.orders);
      cursor = page.cursor;
      pages += 1;
      await between(pages);
    } while (cursor !== undefined);
    return { read, pages };
  }

  const placedInOneMoment = (count: number) =>
    Promise.all(Array.from({ length: count }, () => shop.buy(costOf([{ sku: 'MANY', quantity: 1 }]))));
  const newestFirst = (read: readonly { orderId: string; placedAt: string }[]) =>
    read.map(({ orderId, placedAt }) => `${placedAt}#${orderId}`);

  let placed: string[];
  beforeAll(async () => {
    await shop.receive('MANY', 500);
    shop.pass(secondMs);
    placed = [];
    for (let moment = 0; moment < 6; moment += 1) {
      placed.push(...(await placedInOneMoment(10)));
      shop.pass(1);
    }
  });

  test('is spread so evenly that no shard holds most of it', async () => {
    const shards = new Map<unknown, number>();
    for (const { listKey } of await on.items())
      if (listKey !== undefined) shards.set(listKey, (shards.get(listKey) ?? 0) + 1);
    const open = [...shards].filter(([shard]) => String(shard).startsWith('ORDERS#open'));
    expect(open.length).toBe(8);
    expect(Math.max(...open.map(([, count]) => count))).toBeLessThan(placed.length / 2);
  });

  test.each([1, 7, 33, 100])(
    'is complete, without repeats and newest first, in pages of %i',
    async (limit) => {
      const { read, pages } = await readThrough('open', limit);
      const all = await readThrough('open', 100);
      expect(read).toEqual(all.read);
      expect(newestFirst(read)).toEqual(newestFirst(read).toSorted().toReversed());
      expect(new Set(read.map(({ orderId }) => orderId)).size).toBe(read.length);
      expect(read.map(({ orderId }) => orderId)).toEqual(expect.arrayContaining(placed));
      expect(pages).toBe(Math.ceil(read.length / limit));
    },
  );

  test('stays complete while orders are placed and move to another list', async () => {
    const before = (await readThrough('open', 100)).read.map(({ orderId }) => orderId);
    const left: string[] = [];
    const { read } = await readThrough('open', 9, async (page) => {
      shop.pass(1);
      await placedInOneMoment(3);
      // One order was on an earlier page, and one was not.
      const leaving = [before[(page - 1) * 9 + 2], before.at(-(page * 2))].flatMap((id) => id ?? []);
      for (const orderId of leaving.filter((id) => !left.includes(id))) {
        await then(orderId, expired());
        left.push(orderId);
      }
    });
    const ids = read.map(({ orderId }) => orderId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(newestFirst(read)).toEqual(newestFirst(read).toSorted().toReversed());
    // All earlier orders are in the list unless they left it, and later orders are not between them.
    expect(before.filter((id) => !ids.includes(id) && !left.includes(id))).toEqual([]);
    expect(ids.filter((id) => !before.includes(id))).toEqual([]);
    const closed = (await readThrough('closed', 4)).read.map(({ orderId }) => orderId);
    expect(closed).toEqual(expect.arrayContaining(left));
  });
});
