import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countsSince } from '../../../infra/local/meter/create-meter.ts';
import { createDueOrders } from '../../../shared/aws/order/due-orders.ts';
import { createTimelineStore } from '../../../shared/aws/order/timeline-store.ts';
import { keys, listKey } from '../../../shared/aws/table.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { dayMs, later, minuteMs } from '../../../shared/kernel/time.ts';
import { sweepOrder } from '../../../shared/order/sweep-order.ts';
import { type Decided, placedFact, type TimelineStore } from '../../../shared/timeline/index.ts';
import { refundRequested } from '../../builders/facts.ts';
import { project } from '../../fakes/project.ts';
import { costOf, openShop, type Shop, ship } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';
import { type TableOutput, tableThrough } from './table-through.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable({ throughProxy: true });
  shop = openShop(on);
});
afterAll(() => on.stop());

/** An order whose parcel has left. */
async function orderUnderway() {
  await shop.receive('TEA-TOWEL', 1);
  const orderId = await shop.buy(costOf([{ sku: 'TEA-TOWEL', quantity: 1 }]));
  await ship(shop, orderId);
  const happens = async (timelines: TimelineStore, ...facts: readonly Decided[]) => {
    const timeline = await timelines.load(orderId);
    if (timeline === undefined) throw new Error('the order is there');
    return timelines.append({ timeline, facts, cause: { by: 'journey' }, now: shop.now() });
  };
  const timeline = await shop.timelines.load(orderId);
  if (timeline === undefined) throw new Error('the order is there');
  const parcelId = placedFact(timeline).data.parcels[0]?.parcelId ?? '';
  return {
    orderId,
    happens,
    arrives: (timelines: TimelineStore = shop.timelines) =>
      happens(
        timelines,
        { name: 'parcel.delivered', data: { parcelId, deliveredAt: shop.now() } },
        { name: 'order.delivered', data: {} },
      ),
    head: () => on.item(keys.head(orderId)),
  };
}

/** The timelines of a function that does something in the place of its update of a head. */
function timelinesWhere(update: (ask: () => Promise<TableOutput>) => Promise<TableOutput>): TimelineStore {
  const table = tableThrough(on, ({ operation }, ask) => (operation === 'UpdateItem' ? update(ask) : ask()));
  return createTimelineStore({ table, project, newId, clock: shop.clock });
}

describe('an order that ends', () => {
  test('is one put and one update of its head: five units with three entries of indexes', async () => {
    const { arrives, head, orderId } = await orderUnderway();
    const before = on.counts();
    await arrives();
    expect(countsSince(before, on.counts())['dynamodb.writeUnits']).toBe(5);
    expect(await head()).toMatchObject({ listKey: listKey('closed', orderId) });
    expect(await head()).not.toHaveProperty('dueAt');
  });

  test('is found by the sweep and closed where the function was killed before the update', async () => {
    const { arrives, head, orderId } = await orderUnderway();
    const killed = timelinesWhere(() => Promise.reject(new Error('killed')));
    await expect(arrives(killed)).rejects.toThrow('killed');
    const left = await head();
    expect(left).toMatchObject({ listKey: listKey('open', orderId) });
    const due = createDueOrders(on.table);
    const [order] = (await due.due(later(shop.now(), 30 * dayMs), 100)).filter(
      (each) => each.orderId === orderId,
    );
    if (order === undefined) throw new Error('the order keeps its place');
    const deps = { dueOrders: due, timelines: shop.timelines, clock: shop.clock };
    const quiet = { repeat: async () => {}, erase: async () => {}, reportOverdue: () => {} };
    await sweepOrder({ ...deps, ...quiet }, order);
    expect(await head()).toMatchObject({ listKey: listKey('closed', orderId) });
    expect(await head()).not.toHaveProperty('dueShard');
  });

  test('keeps the place of a later step: money is owed again before the update arrives', async () => {
    const { arrives, happens, head } = await orderUnderway();
    const slow = timelinesWhere(async (send) => {
      await happens(shop.timelines, refundRequested());
      return send();
    });
    await arrives(slow);
    expect(await head()).toMatchObject({ dueAt: later(shop.now(), 5 * minuteMs) });
    expect(await head()).toHaveProperty('dueShard');
  });
});
