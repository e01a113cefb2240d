import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../../shared/aws/clients.ts';
import { createClosedOrders } from '../../../shared/aws/order/closed-orders.ts';
import { createDueOrders } from '../../../shared/aws/order/due-orders.ts';
import { createErasureRequests } from '../../../shared/aws/order/erasure-requests.ts';
import { createTimelineStore } from '../../../shared/aws/order/timeline-store.ts';
import { createCallbackStore } from '../../../shared/aws/relay/callback-store.ts';
import { keys } from '../../../shared/aws/table.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { personHashBy } from '../../../shared/kernel/person-hash.ts';
import { dayMs, hourMs, minuteMs } from '../../../shared/kernel/time.ts';
import { orderView } from '../../../shared/order/index.ts';
import { sweepOrder } from '../../../shared/order/sweep-order.ts';
import { digestOf, eraseIfAsked, eraseOrder } from '../../../shared/privacy/erase-order.ts';
import { eraseExpired, findErasable, readErasure, requestErasure } from '../../../shared/privacy/index.ts';
import { factsNamed } from '../../../shared/timeline/index.ts';
import { scanned } from '../../builders/facts.ts';
import { project } from '../../fakes/project.ts';
import {
  callOf,
  deliver,
  eraseDepsOn,
  loaded,
  parcelOf,
  personalIn,
  personalWords,
  placeOrder,
  whatStays,
} from './erasure-orders.ts';
import { openShop, type Shop, signingKey } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';
import { tableThrough } from './table-through.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
  await shop.receive('TEA-TOWEL', 1_000);
});
afterAll(() => on.stop());

const byClock = { basis: 'retention', cause: { by: 'clock' } } as const;

const erasureDeps = (table: Table = on.table) => ({
  ...eraseDepsOn(table, shop, createTimelineStore({ table, project, newId, clock: shop.clock })),
  requests: createErasureRequests(table),
  personHash: async (email: string) => personHashBy(signingKey)(email),
});

/** Only the items of the order and of its partners' calls: other tests have orders of the same person. */
const personalOf = async (orderId: string) =>
  personalIn((await on.items()).filter((item) => JSON.stringify(item.pk).includes(orderId.slice(4))));

/** The table for a function that is killed at its n-th request, before the request arrives or before its answer. */
function killedAt(nth: number, arrives: boolean): { table: Table; isKilled: () => boolean } {
  let requests = 0;
  const table = tableThrough(on, async (_call, ask) => {
    requests += 1;
    if (requests > nth) throw new Error('killed before');
    if (requests === nth && arrives) await ask();
    if (requests === nth) throw new Error('killed');
    return ask();
  });
  return { table, isKilled: () => requests >= nth };
}

const receipts = async (orderId: string) => factsNamed((await loaded(shop, orderId)).facts, 'order.erased');

describe('an order that was delivered and erased', () => {
  test('holds nothing personal anywhere, and its ledger, taxes and facts are the same', async () => {
    const orderId = await placeOrder(shop);
    await deliver(on, shop, orderId);
    const before = await whatStays(on, shop, orderId);
    const digest = digestOf((await loaded(shop, orderId)).facts);
    const held = await personalOf(orderId);
    for (const field of Object.keys(personalWords)) expect(held.join('\n')).toContain(`${field} in `);

    await eraseOrder(eraseDepsOn(on.table, shop), orderId, byClock);

    expect(await personalOf(orderId)).toEqual([]);
    expect(await whatStays(on, shop, orderId)).toEqual(before);
    expect(before.taxEntries).toHaveLength(1);
    const { facts } = await loaded(shop, orderId);
    expect(digestOf(facts.slice(0, -1))).toBe(digest);
    expect(await receipts(orderId)).toMatchObject([
      { cause: { by: 'clock' }, data: { basis: 'retention', calls: 1, labels: 2, digest } },
    ]);
    expect(orderView(facts)).toMatchObject({
      status: 'delivered',
      landedCost: { destination: { country: 'FR', postalArea: '27' } },
    });
  });

  test('is erased once, if it is asked for several times', async () => {
    const orderId = await placeOrder(shop);
    await deliver(on, shop, orderId);
    const deps = eraseDepsOn(on.table, shop);

    await Promise.all([1, 2, 3].map(() => eraseOrder(deps, orderId, byClock)));

    expect(await eraseOrder(deps, orderId, byClock)).toMatchObject({ state: 'erased' });
    expect(await receipts(orderId)).toHaveLength(1);
  });

  test('is erased wholly by the repeat, wherever the first run was killed', async () => {
    for (let nth = 1, isOver = false; !isOver; nth += 1) {
      for (const arrives of [false, true]) {
        const orderId = await placeOrder(shop);
        await deliver(on, shop, orderId);
        const { table, isKilled } = killedAt(nth, arrives);
        const timelines = createTimelineStore({ table, project, newId, clock: shop.clock });
        await eraseOrder(eraseDepsOn(table, shop, timelines), orderId, byClock).catch(() => undefined);
        const isReceipted = (await receipts(orderId)).length > 0;
        if (isReceipted) expect(await personalOf(orderId)).toEqual([]);

        await eraseOrder(eraseDepsOn(on.table, shop), orderId, byClock);

        expect(await personalOf(orderId)).toEqual([]);
        expect(await receipts(orderId)).toHaveLength(1);
        isOver = !isKilled();
      }
    }
  }, 120_000);

  test('keeps nothing of a call that a step brings while it is erased', async () => {
    const orderId = await placeOrder(shop);
    await deliver(on, shop, orderId);
    const parcelId = await parcelOf(shop, orderId);
    const deps = eraseDepsOn(on.table, shop);
    let meanwhile = 0;
    const personal = {
      ...deps.personal,
      clear: async (of: string) => {
        await deps.personal.clear(of);
        if (meanwhile++ > 0) return;
        const facts = [scanned({ parcelId, scanId: 'late', place: { city: personalWords.city } })];
        const timeline = await loaded(shop, orderId);
        const call = callOf(shop, `evt_late_${orderId}`);
        await shop.timelines.append({ timeline, facts, cause: { by: 'partner' }, now: shop.now(), call });
      },
    };

    await eraseOrder({ ...deps, personal }, orderId, byClock);

    expect(await personalOf(orderId)).toEqual([]);
    expect((await loaded(shop, orderId)).facts.slice(-2).map(({ name }) => name)).toEqual([
      'parcel.scanned',
      'order.erased',
    ]);
  });

  test('keeps nothing of a call that comes afterwards, and knows the call when it is repeated', async () => {
    const orderId = await placeOrder(shop);
    await deliver(on, shop, orderId);
    const parcelId = await parcelOf(shop, orderId);
    await eraseOrder(eraseDepsOn(on.table, shop), orderId, byClock);
    const call = callOf(shop, `evt_after_${orderId}`, 'x'.repeat(5_000));
    const facts = [scanned({ parcelId, scanId: 'after', place: { city: personalWords.city } })];

    const timeline = await loaded(shop, orderId);
    await shop.timelines.append({ timeline, facts, cause: { by: 'partner' }, now: shop.now(), call });

    expect(await personalOf(orderId)).toEqual([]);
    expect((await loaded(shop, orderId)).calls?.at(-1)?.callbackId).toBe(call.callbackId);
  });
});

describe('a request to erase', () => {
  const operator = 'operator-1';

  test('marks an order that has not ended, which is erased by the sweep at its end', async () => {
    const orderId = await placeOrder(shop);
    const key = `running-${orderId}`;
    const asked = await requestErasure(erasureDeps(), { orderIds: [orderId] }, { key, operator });
    expect(asked).toMatchObject({
      ok: true,
      value: { orders: [{ orderId, erasure: { state: 'waiting', waitingFor: 'the end of the order' } }] },
    });
    expect((await personalOf(orderId)).length).toBeGreaterThan(0);
    await deliver(on, shop, orderId);
    shop.pass(5 * minuteMs);
    const dueOrders = createDueOrders(on.table);
    const place = (await dueOrders.due(shop.now(), 100)).find((each) => each.orderId === orderId);
    if (place === undefined) throw new Error('the order is due');
    await sweepOrder(
      {
        ...{ dueOrders, timelines: shop.timelines, clock: shop.clock, reportOverdue: () => undefined },
        repeat: () => Promise.reject(new Error('no other step is late')),
        erase: (of) => eraseIfAsked(erasureDeps(), of, { by: 'clock', reference: 'erasure' }),
      },
      place,
    );

    expect(await personalOf(orderId)).toEqual([]);
    const erasureId = asked.ok ? asked.value.request?.erasureId : undefined;
    expect(await receipts(orderId)).toMatchObject([{ data: { basis: 'asked-for', erasureId } }]);
    expect(await readErasure(erasureDeps(), erasureId ?? '')).toMatchObject({
      orders: [{ orderId, erasure: { state: 'erased' } }],
    });
    expect(await on.item(keys.head(orderId))).not.toHaveProperty('dueAt');
  });

  test('finds every order of an e-mail address, however it is written, and none of another', async () => {
    const own = [await placeOrder(shop), await placeOrder(shop)];
    for (const orderId of own) await deliver(on, shop, orderId);
    const deps = erasureDeps();

    const found = await findErasable(deps, { email: ` ${personalWords.email.toUpperCase()} ` });
    const others = await findErasable(deps, { email: 'somebody-else@personal.test' });

    expect(found.ok && found.value.orders.map(({ orderId }) => orderId)).toEqual(expect.arrayContaining(own));
    expect(others).toEqual({ ok: true, value: { orders: [], hasMore: false } });
  });

  test('is one request under its key: the repeat continues it, another body is refused', async () => {
    const orderId = await placeOrder(shop);
    await deliver(on, shop, orderId);
    const key = `once-${orderId}`;
    const whose = { orderIds: [orderId] };
    for (let nth = 1, isOver = false; !isOver; nth += 1) {
      const { table, isKilled } = killedAt(nth, true);
      await requestErasure(erasureDeps(table), whose, { key, operator }).catch(() => undefined);
      isOver = !isKilled();
    }

    const again = await requestErasure(erasureDeps(), whose, { key, operator });
    const other = await requestErasure(erasureDeps(), { email: 'x@personal.test' }, { key, operator });

    expect(again).toMatchObject({ ok: true, value: { orders: [{ orderId, erasure: { state: 'erased' } }] } });
    expect(other).toEqual({ ok: false, error: { reason: 'key-reused' } });
    expect(await personalOf(orderId)).toEqual([]);
    const { facts } = await loaded(shop, orderId);
    expect(facts.filter(({ name }) => name.startsWith('order.eras'))).toHaveLength(2);
  }, 60_000);

  test('writes nothing for an order that does not exist, and nothing in a dry run', async () => {
    const orderId = await placeOrder(shop);
    const unknown = newId('order', shop.clock());
    const before = await on.items();

    const refused = await requestErasure(
      erasureDeps(),
      { orderIds: [orderId, unknown] },
      { key: `unknown-${orderId}`, operator },
    );
    await findErasable(erasureDeps(), { orderIds: [orderId] });

    expect(refused).toEqual({ ok: false, error: { reason: 'order-unknown', orderIds: [unknown] } });
    expect(await on.items()).toEqual(before);
  });
});

describe('the retention', () => {
  const run = (over: Partial<Parameters<typeof eraseExpired>[0]> = {}) =>
    eraseExpired({
      ...eraseDepsOn(on.table, shop),
      closed: createClosedOrders(on.table),
      seller: async () => ({ privacy: { keptDays: 30 } }),
      onFailure: () => undefined,
      ...over,
    });
  const personalItems = async () => personalIn(await on.items());

  test('erases an order once its time has passed since it was closed, and leaves a running one', async () => {
    const delivered = await placeOrder(shop);
    shop.pass(20 * dayMs);
    await deliver(on, shop, delivered);
    const running = await placeOrder(shop);
    shop.pass(29 * dayMs);
    await run();
    expect((await personalOf(delivered)).length).toBeGreaterThan(0);

    shop.pass(dayMs + hourMs);
    await run();

    expect(await personalOf(delivered)).toEqual([]);
    expect((await personalOf(running)).length).toBeGreaterThan(0);
    expect(await receipts(delivered)).toMatchObject([{ data: { basis: 'retention' } }]);
  });

  test('passes over no order: one that fails is tried again, and so are those behind it', async () => {
    const orderIds = [];
    for (let count = 0; count < 12; count += 1) {
      const orderId = await placeOrder(shop);
      await deliver(on, shop, orderId);
      orderIds.push(orderId);
    }
    shop.pass(31 * dayMs);
    const failing = orderIds[3] ?? '';
    const deps = eraseDepsOn(on.table, shop);
    const failures: string[] = [];
    const clear = async (orderId: string) => {
      if (orderId === failing) throw new Error('the table does not answer');
      return deps.personal.clear(orderId);
    };

    const first = await run({
      personal: { ...deps.personal, clear },
      onFailure: (_error, orderId) => failures.push(orderId),
    });
    const second = await run();

    expect(first.failed).toBe(1);
    expect(failures).toEqual([failing]);
    expect(second.failed).toBe(0);
    for (const orderId of orderIds) expect(await personalOf(orderId)).toEqual([]);
  }, 60_000);

  test('leaves nothing personal in the whole table once the time of every order and call has passed', async () => {
    for (const orderId of new Set((await on.items()).map(({ pk }) => String(pk)))) {
      if (!orderId.startsWith('ORDER#')) continue;
      const { facts } = await loaded(shop, orderId.slice('ORDER#'.length));
      if (!facts.some(({ name }) => name === 'order.delivered')) await deliver(on, shop, orderId.slice(6));
    }
    expect((await personalItems()).length).toBeGreaterThan(0);
    shop.pass(46 * dayMs);

    await run();

    // DynamoDB removes what has expired by itself: quotes, and calls without an order.
    const now = shop.clock().getTime() / 1000;
    const left = (await on.items()).filter(({ expiresAt }) => !(Number(expiresAt) < now));
    expect(personalIn(left)).toEqual([]);
  }, 60_000);
});

test('a call that led to no fact and was understood is kept without its body', async () => {
  const call = callOf(shop, 'evt_understood');

  await createCallbackStore(on.table).keep(call, { withBody: false, orderId: newId('order', shop.clock()) });

  const item = await on.item(keys.callback('carrier', 'easypost', 'evt_understood'));
  expect(item).toMatchObject({ deliveryId: call.deliveryId, expiresAt: expect.any(Number) });
  expect(personalIn([item ?? {}])).toEqual([]);
});
