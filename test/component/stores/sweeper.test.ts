import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/all-events.ts';
import type { LateWork } from '../../../events/work.ts';
import { createDueOrders } from '../../../shared/aws/order/due-orders.ts';
import { keys, listKey } from '../../../shared/aws/table.ts';
import { dayMs, hourMs, type Instant, later, minuteMs, secondMs } from '../../../shared/kernel/time.ts';
import { headOf, orderOf, sweepDueOrders } from '../../../shared/order/index.ts';
import { actOnOrder, type Decided, deliveriesDue } from '../../../shared/timeline/index.ts';
import {
  authorised,
  booked,
  cancelled,
  captured,
  cleared,
  dispatched,
  dispatchRequested,
  expired,
  filed,
  held,
  refundPaid,
  refundRequested,
  released,
  scanned,
  started,
} from '../../builders/facts.ts';
import { landedCost } from '../../builders/landed-cost.ts';
import { placedAt } from '../../builders/timeline.ts';
import { costOf, openShop, type Shop } from './shop.ts';
import { type Item, startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;

beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

/** The time from the order to the promised time of its parcels. */
const PROMISE_MS = 3 * dayMs;

/** A shop with separate orders and days, swept every minute. */
let days = 0;
async function openSweptShop() {
  const shop = openShop(on);
  days += 1;
  shop.pass(days * 30 * dayMs);
  await shop.receive(`SKU-${days}`, 100);
  const openedAt = shop.now();
  const sku = `SKU-${days}`;
  const mine = new Set<string>();
  const repeated: (LateWork & { readonly minute: number })[] = [];
  const overdue: string[] = [];
  const table = createDueOrders(on.table);
  const minute = () => (Date.parse(shop.now()) - Date.parse(openedAt)) / minuteMs;
  const deps = {
    ...{ timelines: shop.timelines, clock: shop.clock },
    dueOrders: {
      ...table,
      due: async (now: Instant) => (await table.due(now, 1000)).filter(({ orderId }) => mine.has(orderId)),
    },
    erase: async () => undefined,
    repeat: async (work: LateWork) => void repeated.push({ ...work, minute: minute() }),
    reportOverdue: ({ orderId, step }: { orderId: string; step: string }) =>
      void overdue.push(`${orderId} ${step}`),
  };
  const happens = (orderId: string, ...facts: readonly Decided[]) =>
    actOnOrder(shop, orderId, { by: 'journey' }, () => facts);
  /** An order with as many parcels as are named. */
  const buy = async (parcels: readonly string[], facts: readonly Decided[]): Promise<string> => {
    const [consignment] = costOf([{ sku, quantity: 1 }]).consignments;
    if (consignment === undefined) throw new Error('a cost has a consignment');
    const promise = { earliest: later(shop.now(), dayMs), latest: later(shop.now(), PROMISE_MS) };
    const consignments = parcels.map((name) => ({ ...consignment, consignmentId: `part-${name}`, promise }));
    const orderId = await shop.buy(landedCost({ consignments }));
    mine.add(orderId);
    await happens(orderId, ...facts);
    return orderId;
  };
  return {
    ...{ shop, deps, repeated, overdue, happens },
    sweep: () => sweepDueOrders(deps),
    order: (...facts: readonly Decided[]) => buy(['1'], facts),
    orderOfTwo: (...facts: readonly Decided[]) => buy(['1', '2'], facts),
    /** Lets the time pass with a sweep every minute. Minutes in which nothing is due are skipped. */
    async pass(durationMs: number) {
      const end = later(shop.now(), durationMs);
      for (;;) {
        const heads = await Promise.all([...mine].map((orderId) => on.item(keys.head(orderId))));
        const places = heads.flatMap((head) => (head?.dueAt === undefined ? [] : [String(head.dueAt)]));
        const first = places.toSorted()[0];
        const waitMs = first === undefined ? Infinity : Date.parse(first) - Date.parse(shop.now());
        const stepMs = Math.max(Math.ceil(waitMs / minuteMs), 1) * minuteMs;
        const leftMs = Date.parse(end) - Date.parse(shop.now());
        shop.pass(Math.min(stepMs, leftMs));
        if (stepMs > leftMs) return;
        await sweepDueOrders(deps);
      }
    },
    /** The stored head, and the status that a list computes. */
    head: async (orderId: string): Promise<Item> => ({
      ...(await on.item(keys.head(orderId))),
      status: headOf((await shop.timelines.load(orderId))?.facts ?? []).status,
    }),
    factsOf: async (orderId: string) => (await shop.timelines.load(orderId))?.facts ?? [],
    minutes: () => repeated.map((work) => work.minute),
  };
}

/** The order is paid, so the booking is due after five minutes. */
const paid = () => [started(), authorised(), released(), captured()];
const parcelOf = async (shop: Shop, orderId: string): Promise<string> => {
  const placed = (await shop.timelines.load(orderId))?.facts[0];
  return placed?.name === 'order.placed' ? (placed.data.parcels[0]?.parcelId ?? '') : '';
};

describe('an order whose step is late', () => {
  test('is repeated after 1, 2, 4 and 8 minutes, reported once, and then repeated hourly', async () => {
    const { order, pass, repeated, overdue, minutes, head, factsOf } = await openSweptShop();
    const orderId = await order(...paid());
    await pass(20 * minuteMs);
    expect(repeated.map(({ step, attempt, minute }) => [step, attempt, minute])).toEqual([
      ['booking', 1, 5],
      ['booking', 2, 6],
      ['booking', 3, 8],
      ['booking', 4, 12],
      ['booking', 5, 20],
    ]);
    expect(overdue).toEqual([`${orderId} booking`]);
    expect(await head(orderId)).toMatchObject({ status: 'paid', listKey: listKey('attention', orderId) });
    const facts = await factsOf(orderId);
    expect(orderOf(facts).attention).toMatchObject([{ reason: 'late: the label' }]);
    expect(facts.at(-1)).toMatchObject({
      ...{ name: 'order.overdue', cause: { by: 'clock' } },
      data: {
        waitingFor: 'the label',
        attempts: 5,
        since: later(facts.at(-2)?.recordedAt ?? '', 5 * minuteMs),
      },
    });

    await pass(5 * hourMs);
    expect(minutes().slice(5)).toEqual([36, 96, 156, 216, 276]);
    expect(overdue).toHaveLength(1);
    expect((await factsOf(orderId)).filter(({ name }) => name === 'order.overdue')).toHaveLength(1);
  });

  test('is repeated hourly after the report if its wait is long', async () => {
    const { shop, order, happens, pass, repeated, minutes } = await openSweptShop();
    const orderId = await order(...paid());
    const parcelId = await parcelOf(shop, orderId);
    const left = [booked, cleared, dispatchRequested, dispatched].map((make) => make({ parcelId }));
    await happens(orderId, ...left);
    await pass(dayMs + 4 * hourMs);
    expect(new Set(repeated.map(({ step }) => step))).toEqual(new Set(['delivery']));
    expect(minutes().map((minute) => minute - 1440)).toEqual([0, 1, 3, 7, 15, 31, 91, 151, 211]);
  });

  test('leaves the list when the order moves on, gets a new deadline, and is reported again if late again', async () => {
    const { shop, order, happens, pass, repeated, overdue, head } = await openSweptShop();
    const orderId = await order(...paid());
    await pass(25 * minuteMs);
    expect(overdue).toHaveLength(1);
    await happens(orderId, booked({ parcelId: await parcelOf(shop, orderId) }));
    expect(await head(orderId)).toMatchObject({ status: 'booked', listKey: listKey('open', orderId) });
    repeated.length = 0;
    await pass(14 * minuteMs);
    expect(repeated).toEqual([]);
    await pass(20 * minuteMs);
    expect(repeated[0]).toMatchObject({ step: 'clearance', attempt: 1, minute: 40 });
    expect(overdue).toEqual([`${orderId} booking`, `${orderId} clearance`]);
    expect(await head(orderId)).toMatchObject({ listKey: listKey('attention', orderId) });
  });

  test('is not reported if the order moves on between the check and the report', async () => {
    const { shop, order, happens, pass, sweep, deps, overdue, factsOf } = await openSweptShop();
    const orderId = await order(...paid());
    await pass(19 * minuteMs);
    const { repeat } = deps;
    deps.repeat = async (work) => {
      await repeat(work);
      // This time the repeat is answered at once.
      await happens(orderId, booked({ parcelId: await parcelOf(shop, orderId) }));
    };
    shop.pass(minuteMs);
    expect(await sweep()).toEqual({ looked: 1, repeated: 1, overdue: 0 });
    expect(overdue).toEqual([]);
    expect((await factsOf(orderId)).at(-1)?.name).toBe('parcel.booked');
  });
});

describe('a parcel that has not arrived at the promised time', () => {
  const underway = (parcelId: string) =>
    [booked, cleared, dispatchRequested, dispatched].map((make) => make({ parcelId }));
  const breachesIn = (facts: readonly Fact[]) =>
    facts.filter((fact) => fact.name === 'parcel.promise_broken');

  test('is tracked at once, reported once minutes later, and tracking continues', async () => {
    const { shop, order, happens, pass, repeated, minutes, factsOf, head } = await openSweptShop();
    const orderId = await order(...paid());
    const parcelId = await parcelOf(shop, orderId);
    await happens(orderId, ...underway(parcelId));
    await pass(PROMISE_MS - hourMs);
    // The parcel was scanned shortly before, so that only the promise is due.
    await happens(orderId, scanned({ parcelId, scanId: 'seen', scannedAt: shop.now() }));
    repeated.length = 0;
    await pass(hourMs + 4 * minuteMs);
    const promiseUp = PROMISE_MS / minuteMs;
    expect(minutes()).toEqual([promiseUp, promiseUp + 1, promiseUp + 3]);
    expect(new Set(repeated.map(({ step }) => step))).toEqual(new Set(['delivery']));
    expect(breachesIn(await factsOf(orderId))).toEqual([]);

    await pass(20 * minuteMs);
    expect(breachesIn(await factsOf(orderId))).toMatchObject([
      { cause: { by: 'clock' }, data: { parcelId, promisedBy: later(shop.now(), -24 * minuteMs) } },
    ]);
    expect(minutes()).toHaveLength(3);
    // The next check is still a day after the last scan.
    expect((await head(orderId)).dueAt).toBe(later(shop.now(), -24 * minuteMs - hourMs + dayMs));
    await pass(2 * dayMs);
    expect(breachesIn(await factsOf(orderId))).toHaveLength(1);
  });

  test('is not reported if the carrier answers that it arrived in time', async () => {
    const { shop, order, happens, pass, deps, factsOf } = await openSweptShop();
    const orderId = await order(...paid());
    const parcelId = await parcelOf(shop, orderId);
    await happens(orderId, ...underway(parcelId));
    await pass(PROMISE_MS - hourMs);
    await happens(orderId, scanned({ parcelId, scanId: 'seen', scannedAt: shop.now() }));
    const deliveredAt = shop.now();
    deps.repeat = async () => {
      const reported = scanned({ parcelId, scanId: 'reported', status: 'delivered', scannedAt: deliveredAt });
      const facts = await factsOf(orderId);
      if (!facts.some(({ name }) => name === 'order.delivered'))
        await happens(orderId, reported, ...deliveriesDue(facts, [reported]));
    };
    await pass(dayMs);
    expect((await factsOf(orderId)).at(-1)?.name).toBe('order.delivered');
    expect(breachesIn(await factsOf(orderId))).toEqual([]);
  });

  test('has no promise if the order was never paid or was stopped', async () => {
    const { order, pass, factsOf } = await openSweptShop();
    const orders = [
      await order(started()),
      await order(started(), authorised(), { name: 'screening.held', data: { findings: [] } }),
      await order(...paid(), cancelled(), refundRequested(), refundPaid()),
    ];
    await pass(PROMISE_MS + dayMs);
    for (const orderId of orders) expect(breachesIn(await factsOf(orderId))).toEqual([]);
  });
});

describe('the time that a shopper has to pay', () => {
  test('is given completely; afterwards the payment is checked, and checked again soon if still open', async () => {
    const { order, pass, repeated, overdue, minutes, head } = await openSweptShop();
    const orderId = await order(started());
    await pass(29 * minuteMs);
    expect(minutes()).toEqual([2, 3, 5, 9, 17]);
    expect(overdue).toEqual([]);
    await pass(minuteMs);
    expect(minutes().at(-1)).toBe(30);
    expect(await head(orderId)).toMatchObject({ listKey: listKey('open', orderId) });
    await pass(16 * minuteMs);
    expect(minutes().at(-1)).toBe(46);
    expect(overdue).toEqual([`${orderId} payment`]);
    expect(new Set(repeated.map(({ step }) => step))).toEqual(new Set(['payment']));
  });
});

describe('an order that moved on', () => {
  test('gets its true deadline, and nothing is repeated', async () => {
    const { order, happens, pass, repeated, head } = await openSweptShop();
    const orderId = await order();
    const { dueAt } = await head(orderId);
    await happens(orderId, ...paid());
    // The step did not move the order in the index, which saves a write. The sweep moves it.
    expect((await head(orderId)).dueAt).toBe(dueAt);
    await pass(2 * minuteMs);
    expect((await head(orderId)).dueAt).toBe(later(String(dueAt), 3 * minuteMs));
    await pass(2 * minuteMs);
    expect(repeated).toEqual([]);
    await pass(minuteMs);
    expect(repeated.map(({ step }) => step)).toEqual(['booking']);
  });

  test('starts counting repeats again', async () => {
    const { order, happens, pass, repeated } = await openSweptShop();
    const orderId = await order(started());
    await pass(4 * minuteMs);
    expect(repeated.map(({ step, attempt }) => [step, attempt])).toEqual([
      ['payment', 1],
      ['payment', 2],
    ]);
    await happens(orderId, authorised());
    await pass(3 * minuteMs);
    expect(repeated.slice(2).map(({ step, attempt }) => [step, attempt])).toEqual([
      ['screening', 1],
      ['screening', 2],
    ]);
  });

  test('leaves the index if it has ended', async () => {
    const { order, happens, pass, repeated, head } = await openSweptShop();
    const orderId = await order();
    await happens(orderId, expired());
    expect(await head(orderId)).not.toHaveProperty('dueAt');
    expect(await head(orderId)).not.toHaveProperty('dueShard');
    await pass(10 * minuteMs);
    expect(repeated).toEqual([]);
  });
});

describe('an ended order with money to return', () => {
  test('stays due until the money is returned', async () => {
    const { order, happens, pass, repeated, head } = await openSweptShop();
    // Never released: there is nothing else to undo.
    const orderId = await order(started(), authorised(), captured(), cancelled());
    expect(await head(orderId)).toMatchObject({ status: 'cancelled', listKey: listKey('open', orderId) });
    await pass(6 * minuteMs);
    expect(new Set(repeated.map(({ step }) => step))).toEqual(new Set(['refund']));
    await happens(orderId, refundRequested());
    await pass(30 * minuteMs);
    expect(await head(orderId)).toMatchObject({
      status: 'cancelled',
      listKey: listKey('attention', orderId),
    });
    await happens(orderId, refundPaid());
    expect(await head(orderId)).not.toHaveProperty('dueShard');
    repeated.length = 0;
    await pass(hourMs);
    expect(repeated).toEqual([]);
  });
});

describe('an order of two parcels', () => {
  const secondOf = async (shop: Shop, orderId: string) => {
    const placed = (await shop.timelines.load(orderId))?.facts[0];
    return placed?.name === 'order.placed' ? (placed.data.parcels[1]?.parcelId ?? '') : '';
  };

  test('gets each parcel repeated and reported at its own time, and counts the repeats of each', async () => {
    const { shop, orderOfTwo, happens, pass, repeated, overdue, head, factsOf } = await openSweptShop();
    const orderId = await orderOfTwo();
    const placed = (await factsOf(orderId))[0];
    if (placed?.name !== 'order.placed') throw new Error('an order begins with being placed');
    const amount = placed.data.landedCost.totals.total;
    await happens(orderId, started({ amount }), authorised({ amount }), released(), captured({ amount }));
    const [first, second] = [await parcelOf(shop, orderId), await secondOf(shop, orderId)];
    await happens(orderId, booked({ parcelId: first }));
    await pass(17 * minuteMs);
    expect(repeated.map(({ step, attempt, minute }) => [step, attempt, minute])).toEqual([
      ['booking', 1, 5],
      ['booking', 2, 6],
      ['booking', 3, 8],
      ['booking', 4, 12],
      ['clearance', 1, 15],
      ['clearance', 2, 16],
    ]);
    expect((await head(orderId)).attempts).toMatchObject({
      [`parcel:${first}`]: { count: 2 },
      [`parcel:${second}`]: { count: 4 },
    });
    await pass(14 * minuteMs);
    expect(overdue).toEqual([`${orderId} booking`, `${orderId} clearance`]);
    const reports = (await factsOf(orderId)).filter(({ name }) => name === 'order.overdue');
    expect(reports).toMatchObject([{ data: { parcelId: second } }, { data: { parcelId: first } }]);

    // One parcel moves on, and the other stays late.
    await happens(orderId, cleared({ parcelId: first }));
    repeated.length = 0;
    await pass(30 * minuteMs);
    const again = repeated.filter(({ step }) => step === 'booking').map(({ attempt }) => attempt);
    expect(again).toEqual([6]);
    expect(repeated.find(({ step }) => step === 'dispatch')).toMatchObject({ attempt: 1, minute: 36 });
  });
});

describe('an order that waits for a person', () => {
  test('is on the work list at once, is reported after a day, and no step of the person is repeated', async () => {
    const { order, pass, repeated, overdue, head } = await openSweptShop();
    const orderId = await order(started(), authorised(), { name: 'screening.held', data: { findings: [] } });
    expect(await head(orderId)).toMatchObject({ status: 'held', listKey: listKey('attention', orderId) });
    await pass(dayMs - minuteMs);
    expect(overdue).toEqual([]);
    await pass(2 * hourMs);
    expect(overdue).toEqual([`${orderId} person`]);
    expect(repeated).toEqual([]);
  });

  test('is tracked meanwhile if a partner has the parcel', async () => {
    const { shop, order, happens, pass, repeated } = await openSweptShop();
    const orderId = await order(...paid());
    const parcelId = await parcelOf(shop, orderId);
    await happens(orderId, booked({ parcelId }), filed({ parcelId }), held('customs-inspection', parcelId));
    await pass(dayMs + minuteMs);
    expect(repeated.map(({ step }) => step)).toEqual(['clearance', 'clearance']);
  });
});

describe('the sweep', () => {
  test('checks each of many orders once', async () => {
    const { shop, order, sweep, repeated } = await openSweptShop();
    const orderIds: string[] = [];
    for (let index = 0; index < 30; index += 1) orderIds.push(await order());
    shop.pass(2 * minuteMs);
    expect(await sweep()).toEqual({ looked: 30, repeated: 30, overdue: 0 });
    expect(repeated.map(({ orderId }) => orderId).toSorted()).toEqual(orderIds.toSorted());
    expect(await sweep()).toEqual({ looked: 0, repeated: 0, overdue: 0 });
  });

  test('continues after an order that cannot be checked, reports it, and checks it again later', async () => {
    const { shop, order, sweep, deps, repeated } = await openSweptShop();
    const [first, second, third] = [await order(), await order(), await order()];
    const { repeat } = deps;
    deps.repeat = (work) =>
      work.orderId === second ? Promise.reject(new Error('the bus did not take it')) : repeat(work);
    shop.pass(2 * minuteMs);
    await expect(sweep()).rejects.toThrow('the bus did not take it');
    expect(repeated.map(({ orderId }) => orderId).toSorted()).toEqual([first, third].toSorted());
    deps.repeat = repeat;
    shop.pass(secondMs);
    await sweep();
    expect(repeated.map(({ orderId }) => orderId)).toContain(second);
  });

  test('gets past any number of orders that cannot be checked', async () => {
    const { shop, order, deps, repeated } = await openSweptShop();
    const broken = Array.from({ length: 60 }, (_, index) => `broken-${index}`);
    const fine = await order();
    shop.pass(2 * minuteMs);
    const dueOrders = {
      ...deps.dueOrders,
      due: async (_now: Instant, max: number) =>
        [...broken, fine].slice(0, max).map((orderId) => ({ orderId, dueAt: placedAt })),
    };
    const timelines = {
      ...shop.timelines,
      load: async (orderId: string) => {
        if (broken.includes(orderId)) throw new Error('not a fact');
        return shop.timelines.load(orderId);
      },
    };
    await expect(sweepDueOrders({ ...deps, dueOrders, timelines })).rejects.toThrow('not a fact');
    expect(repeated.map(({ orderId }) => orderId)).toEqual([fine]);
  });

  test('removes an order from the index if the order waits for nothing', async () => {
    const { shop, order, happens, sweep, head } = await openSweptShop();
    const orderId = await order();
    await happens(orderId, expired());
    const { UpdateCommand } = await import('@aws-sdk/lib-dynamodb');
    await on.table.client.send(
      new UpdateCommand({
        ...{ TableName: on.table.name, Key: keys.head(orderId) },
        UpdateExpression: 'SET dueAt = :due, dueShard = :shard',
        ExpressionAttributeValues: { ':due': placedAt, ':shard': 'DUE#0' },
      }),
    );
    shop.pass(minuteMs);
    await sweep();
    expect(await head(orderId)).not.toHaveProperty('dueShard');
  });
});
