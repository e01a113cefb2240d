import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fact } from '../../../events/all-events.ts';
import { createOrderPlacing } from '../../../shared/aws/order/order-placing.ts';
import { createOrderDetails, createOrderRecords } from '../../../shared/aws/order/order-records.ts';
import { readFactItem } from '../../../shared/aws/order/timeline-items.ts';
import { unpack } from '../../../shared/aws/pack.ts';
import { rebuildStock } from '../../../shared/aws/stock/rebuild.ts';
import { keys, listKey } from '../../../shared/aws/table.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { journalsOf, taxEntriesOf } from '../../../shared/ledger/index.ts';
import { accessTokenFor } from '../../../shared/order/access-tokens.ts';
import type { Closing } from '../../../shared/order/closing.ts';
import { closeParcel, hashAccessToken, headOf, orderView } from '../../../shared/order/index.ts';
import { outgoingOf } from '../../../shared/runtime/outgoing.ts';
import { stockMovesOf } from '../../../shared/stock/index.ts';
import type { Decided } from '../../../shared/timeline/index.ts';
import { address, details } from '../../builders/details.ts';
import { project } from '../../fakes/project.ts';
import { createRandomJourney, type Event, type Happening, happenings } from '../../fakes/random-journey.ts';
import { costOf, openShop, type Shop, signingKey } from './shop.ts';
import { type Item, startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
});
afterAll(() => on.stop());

/** A usual journey of two parcels, and then the given events. */
const course: readonly Happening[] = [
  ...(['start', 'pay', 'call', 'screen', 'capture', 'book', 'clear'] as const),
  ...([
    'authority',
    'authority',
    'call',
    'call',
    'authority',
    'authority',
    'call',
    'call',
    'dispatch',
  ] as const),
  ...(['pick', 'pick', 'pick', 'pick', 'pick', 'pick', 'pick', 'pick'] as const),
  ...(['call', 'call', 'call', 'call', 'call', 'call', 'call', 'call'] as const),
  // Four scans of each of four cartons: three of one parcel, one of the other.
  ...Array.from({ length: 24 }, () => 'carry' as const),
  ...Array.from({ length: 24 }, () => 'call' as const),
];

/** Lets things happen to an order of two parcels. Gives its facts from the store of the fakes. */
async function factsOf(events: readonly Event[]): Promise<readonly Fact[]> {
  const journey = createRandomJourney();
  for (const event of events) await journey.let(event);
  return journey.harness.facts();
}

const undisturbed = course.map((happening, index): Event => ({ happening, choice: index % 2 }));

/** Writes the facts to the table as a new order. The first is placed, and the others are appended in groups. */
async function report(facts: readonly Fact[], groups: readonly number[]): Promise<string> {
  const [placed, ...rest] = facts;
  if (placed?.name !== 'order.placed') throw new Error('a timeline begins with order.placed');
  const { quoteId } = await shop.quote(placed.data.landedCost);
  const orderId = newId('order', shop.clock());
  const outcome = await createOrderPlacing({ table: on.table, project, newId }).place({
    ...{ orderId, quoteId, storefrontId: placed.data.storefrontId, idempotencyKey: shop.nextKey() },
    ...{
      fingerprint: 'any',
      accessTokenHash: 'any',
      personHash: 'any',
      details: details(),
      now: placed.recordedAt,
    },
    placed: { name: 'order.placed', data: placed.data },
  });
  if (outcome.outcome !== 'placed') throw new Error(`refused: ${outcome.outcome}`);
  let timeline = outcome.timeline;
  for (let from = 0, turn = 0; from < rest.length; turn += 1) {
    const group = rest.slice(from, from + (groups[turn % Math.max(groups.length, 1)] ?? 1));
    from += group.length;
    const appended = await shop.timelines.append({
      timeline,
      facts: group.map((fact) => ({ ...decided(fact), occurredAt: fact.occurredAt })),
      cause: { by: 'journey' },
      now: group.at(-1)?.recordedAt ?? placed.recordedAt,
    });
    if (appended === undefined) throw new Error('nobody else writes this order');
    timeline = appended;
  }
  return orderId;
}

const decided = ({ name, data }: Fact) => ({ name, data }) as Decided;

const places = ['cn-shenzhen', 'pl-poznan'] as const;
const positions = () => Promise.all(places.map((place) => shop.positionOf('TEA-TOWEL', place)));

/** Checks that all stored data of an order follow from its facts, for any grouping of the writes. */
async function checkStored(orderId: string): Promise<void> {
  const items = await shop.itemsOf(orderId);
  const steps = items.filter(({ sk }) => String(sk).startsWith('FACT#')).map((item) => readFactItem(item));
  const stored = steps.flatMap(({ facts }) => facts);
  expect(stored.map(({ sequence }) => sequence)).toEqual(stored.map((_, index) => index + 1));

  const head = headOf(stored);
  const item = items.find(({ sk }) => sk === 'ORDER');
  expect(item).toMatchObject({
    listKey: listKey(head.list, orderId),
    // A closed order stands in its list by when one of its facts closed it.
    listSort: expect.toBeOneOf(
      (head.list === 'closed' ? stored.map(({ recordedAt }) => recordedAt) : [head.placedAt]).map(
        (instant) => `${instant}#${orderId}`,
      ),
    ),
    ...{ storefrontId: head.storefrontId, placedAt: head.placedAt },
  });
  // An order is open if and only if it has a deadline.
  expect([item?.dueAt !== undefined, item?.dueShard !== undefined]).toEqual([
    head.dueAt !== undefined,
    head.dueAt !== undefined,
  ]);
  if (head.list === 'open') expect(item?.dueAt).toBeDefined();

  const oneByOne = stored.flatMap((fact, index) => journalsOf(stored.slice(0, index), [fact]));
  expect(steps.flatMap(({ journals }) => journals)).toEqual(oneByOne);

  const taxed = items.filter((each) => 'taxEntries' in each);
  for (const { taxAt } of taxed) expect(taxAt).toMatch(new RegExp(`Z#${orderId}$`));
  const entries = taxed.flatMap(({ taxEntries }) => unpack(taxEntries) as unknown[]);
  const expected = stored.flatMap((fact, index) => taxEntriesOf(stored.slice(0, index), [fact]));
  expect(entries).toHaveLength(expected.length);
  expect(entries).toEqual(expect.arrayContaining(expected));
}

describe('replaying the facts of an order gives its stored state', () => {
  beforeAll(async () => {
    for (const place of places) {
      await shop.receive('TEA-TOWEL', 10_000, place);
      await shop.receive('LAMP', 10_000, place);
    }
  });

  test('for a delivered order', async () => {
    const orderId = await report(await factsOf(undisturbed), [1]);
    const timeline = await shop.timelines.load(orderId);
    expect(headOf(timeline?.facts ?? [])).toMatchObject({ status: 'delivered', list: 'closed' });
    await checkStored(orderId);
  });

  test('for an order of which one parcel came back and the other was stopped', async () => {
    const facts = await factsOf(undisturbed);
    const [placed] = facts;
    if (placed?.name !== 'order.placed') throw new Error('a timeline begins with order.placed');
    const [back = '', stopped = ''] = placed.data.parcels.map(({ parcelId }) => parcelId);
    const handOver = facts.findIndex(
      (fact) => fact.name === 'parcel.dispatched' && fact.data.parcelId === back,
    );
    const until = facts
      .slice(0, handOver + 1)
      .filter((fact) => !('parcelId' in fact.data && fact.data.parcelId === stopped));
    const before = await positions();
    const orderId = await report(until, [1]);
    const operator = { by: 'operator', reference: 'op' } as const;
    const deps = { timelines: shop.timelines, clock: shop.clock, newId };
    const close = (parcelId: string, outcome: 'returned' | 'stopped', restock?: Closing['restock']) =>
      closeParcel(deps, orderId, { parcelId, outcome, restock, refund: 'share' }, operator);
    expect(await close(stopped, 'stopped')).toMatchObject({ ok: true });
    const counted = [{ sku: 'TEA-TOWEL', sellable: 3, writtenOff: 1 }];
    expect(await close(back, 'returned', counted)).toMatchObject({ ok: true });

    // Five towels and a lamp had left: three are on sale again, one is written off, one did not come back.
    const [cn, pl] = await positions();
    expect(cn).toMatchObject({
      ...{ available: (before[0]?.available ?? 0) - 2, reserved: before[0]?.reserved },
      ...{ shipped: (before[0]?.shipped ?? 0) + 1, writtenOff: (before[0]?.writtenOff ?? 0) + 1 },
    });
    expect(pl).toEqual(before[1]);
    expect(headOf((await shop.timelines.load(orderId))?.facts ?? []).status).toBe('closed');
    await checkStored(orderId);
    expect(await rebuildStock(on.table, 'TEA-TOWEL')).toMatchObject({ differences: [] });
  });

  test('for any order, after any events, for any number of facts in one write', async () => {
    const happening = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...happenings) },
      { weight: 1, arbitrary: fc.constantFrom<Happening>('cancel', 'refund', 'hold', 'release') },
    );
    const event = fc.record<Event>({ happening, choice: fc.nat({ max: 999 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: undisturbed.length }),
        fc.array(event, { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
        async (calm, storm, groups) => {
          const facts = await factsOf([...undisturbed.slice(0, calm), ...storm]);
          const before = await positions();
          const orderId = await report(facts, groups);
          await checkStored(orderId);
          const moves = stockMovesOf([], (await shop.timelines.load(orderId))?.facts ?? []);
          for (const [index, after] of (await positions()).entries()) {
            const was = before[index];
            const move = moves.find(({ warehouseId }) => warehouseId === places[index]);
            if (was === undefined || after === undefined || move === undefined) throw new Error('no stock');
            for (const name of ['available', 'reserved', 'onHand', 'shipped', 'writtenOff'] as const)
              expect([name, after[name]]).toEqual([name, was[name] + move[name]]);
            expect(after.onHand).toBe(after.available + after.reserved + after.quarantined);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('personal data', () => {
  const person = details({
    customer: { email: 'grace@example.test' },
    shippingAddress: address({ name: 'Grace Ebbinghaus', line1: 'Secret Street 7', line2: 'Door 3' }),
    billingAddress: address({ name: 'Gregory Ebbinghaus', line1: 'Other Street 9' }),
  });
  const words = /grace|gregory|ebbinghaus|secret street|door 3|other street/i;

  test('is in the details of its order’s head and nowhere else', async () => {
    await shop.receive('TEA', 5);
    const { quoteId } = await shop.quote(costOf([{ sku: 'TEA', quantity: 1 }]));
    const placed = await shop.place(quoteId, { details: person });
    if (!placed.ok) throw new Error('the order is placed');
    const { orderId } = placed.value;
    expect(await createOrderDetails(on.table).read(orderId)).toEqual(person);
    const holding = (await on.items()).flatMap((item) =>
      Object.entries(item)
        .filter(([, value]) => words.test(readable(value)))
        .map(([name]) => [item.pk, item.sk, name]),
    );
    expect(holding).toEqual([[`ORDER#${orderId}`, 'ORDER', 'details']]);
    const records = await createOrderRecords(on.table).read(orderId);
    expect(JSON.stringify(records)).not.toMatch(words);
    expect(JSON.stringify(orderView(records?.timeline.facts ?? []))).not.toMatch(words);
  });

  test('is in no message of a queue and in no event on the bus', async () => {
    const sent = (await on.items()).flatMap((item) => outgoingOf(imageOf(item), { publishesAllFacts: true }));
    expect(sent.filter((each) => 'consumer' in each)).not.toEqual([]);
    expect(sent.filter((each) => !('consumer' in each))).not.toEqual([]);
    for (const each of sent) expect(JSON.stringify(each)).not.toMatch(/ada example|ada@|invaliden|@/i);
  });

  test('of an order without details gives an error', async () => {
    await expect(createOrderDetails(on.table).read(newId('order', shop.clock()))).rejects.toThrow(
      'an order has its details',
    );
  });

  test('includes a guest’s token, of which the table holds only the hash', async () => {
    await shop.receive('TOKEN', 1);
    const orderId = await shop.buy(costOf([{ sku: 'TOKEN', quantity: 1 }]));
    const token = accessTokenFor(orderId, signingKey);
    expect((await on.items()).filter((item) => JSON.stringify(item).includes(token))).toEqual([]);
    expect(await on.item(keys.head(orderId))).toMatchObject({ accessTokenHash: hashAccessToken(token) });
  });
});

/** The text of an attribute, also if it is compressed. */
const readable = (value: unknown) => JSON.stringify(value instanceof Uint8Array ? unpack(value) : value);

/** The texts and bytes of an item as the table's stream delivers them. */
function imageOf(item: Item): Record<string, string> {
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => {
      if (value instanceof Uint8Array) return [[name, Buffer.from(value).toString('base64')]];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
