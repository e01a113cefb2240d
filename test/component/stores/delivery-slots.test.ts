import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOccupancy } from '../../../shared/aws/slots/slot-items.ts';
import { createSlotZoneStore } from '../../../shared/aws/slots/slot-zone-store.ts';
import { keys } from '../../../shared/aws/table.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { dayMs, minuteMs } from '../../../shared/kernel/time.ts';
import { cancelOrder, orderView } from '../../../shared/order/index.ts';
import type { VerifiedQuotes } from '../../../shared/quote/index.ts';
import { type HoldRefusal, holdSlot, listSlots, sweepSlots } from '../../../shared/slots/index.ts';
import { actOnOrder } from '../../../shared/timeline/index.ts';
import { details } from '../../builders/details.ts';
import { everyDay, slotZone } from '../../builders/slots.ts';
import { costOf, openShop, type Shop } from './shop.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let shop: Shop;
let zones: ReturnType<typeof createSlotZoneStore>;

beforeAll(async () => {
  on = await startTable();
  shop = openShop(on);
  zones = createSlotZoneStore(on.table, shop.clock);
  await shop.receive('TEA', 10_000);
  await zones.putZone(slotZone({ templates: everyDay({ capacity: 3 }) }));
});
afterAll(() => on.stop());

const basket = () => costOf([{ sku: 'TEA', quantity: 1 }]);
/** The quotes of the builders promise their goods by Saturday, 5 December 2026. */
let days = 5;
/** A slot that no other test uses. */
function slotWith(capacity: number, kind: 'timed' | 'day' = 'timed') {
  days += 1;
  const date = `2026-12-${String(days).padStart(2, '0')}`;
  return { slotId: `de-berlin_${date}_0800-1200_${kind}`, date, capacity };
}
async function open(capacity: number): Promise<string> {
  const { slotId, date } = slotWith(capacity);
  const zone = (await zones.zones()).find(({ zoneId }) => zoneId === 'de-berlin');
  await zones.putZone({
    ...(zone ?? slotZone()),
    exceptions: [...(zone?.exceptions ?? []), { kind: 'capacity', date, capacity }],
  });
  return slotId;
}

const quotes: VerifiedQuotes = { read: (quoteId) => shop.verifiedQuotes.read(quoteId) };
const deps = () => ({
  ...{ zones, slots: shop.slots, quotes, newId, now: shop.now() },
  countHeld: async () => undefined,
});
const hold = (slotId: string, quoteId: string, idempotencyKey = shop.nextKey()) =>
  holdSlot(deps(), { storefrontId: 'shop', idempotencyKey, slotId, quoteId });
const outcomeOf = (answer: Awaited<ReturnType<typeof hold>>): 'held' | HoldRefusal['reason'] =>
  answer.ok ? 'held' : answer.error.reason;
const newQuote = async () => (await shop.quote(basket())).quoteId;
async function heldBy(slotId: string, quoteId: string): Promise<string> {
  const held = await hold(slotId, quoteId);
  if (!held.ok) throw new Error(held.error.reason);
  return held.value.holdId;
}
const figures = async (slotId: string) => {
  const { taken, booked, holds } = readOccupancy((await on.item(keys.slot(slotId))) ?? {});
  return { taken, booked, held: holds.length };
};
const place = (quoteId: string, holdId: string) => shop.place(quoteId, { deliverySlot: { holdId } });

describe('the last place of a slot', () => {
  test.each([
    [2, 1],
    [12, 5],
  ])(
    'goes to exactly %i callers at the same time if there are %i places, and the others are refused',
    async (count, capacity) => {
      const slotId = await open(capacity);
      const quoteIds = await Promise.all(Array.from({ length: count }, newQuote));
      const answers = await Promise.all(quoteIds.map((quoteId) => hold(slotId, quoteId)));
      const outcomes = answers.map(outcomeOf);
      expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(capacity);
      expect(outcomes.filter((outcome) => outcome === 'slot-full')).toHaveLength(count - capacity);
      expect(await figures(slotId)).toEqual({ taken: capacity, booked: 0, held: capacity });
    },
  );

  test('is free at the exact instant at which an unpaid hold expires, without the sweeper', async () => {
    const slotId = await open(1);
    const [first, second] = [await newQuote(), await newQuote()];
    const holdId = await heldBy(slotId, first);
    shop.pass(15 * minuteMs - 1);
    expect(outcomeOf(await hold(slotId, second))).toBe('slot-full');
    shop.pass(1);
    expect(outcomeOf(await hold(slotId, second))).toBe('held');
    expect(await figures(slotId)).toEqual({ taken: 1, booked: 0, held: 1 });
    expect(await place(first, holdId)).toEqual({ ok: false, error: { reason: 'slot-hold-expired' } });
  });

  test('goes to one of many callers after the hold expired', async () => {
    const slotId = await open(1);
    await heldBy(slotId, await newQuote());
    shop.pass(15 * minuteMs);
    const quoteIds = await Promise.all(Array.from({ length: 6 }, newQuote));
    const outcomes = (await Promise.all(quoteIds.map((quoteId) => hold(slotId, quoteId)))).map(outcomeOf);
    expect(outcomes.toSorted()).toEqual(['held', ...Array.from({ length: 5 }, () => 'slot-full')]);
    expect(await figures(slotId)).toEqual({ taken: 1, booked: 0, held: 1 });
  });
});

describe('a hold of a place', () => {
  test('is the same if its key is repeated, and the key with another slot is refused', async () => {
    const [slotId, other] = [await open(2), await open(2)];
    const quoteId = await newQuote();
    const key = shop.nextKey();
    const answers = await Promise.all(Array.from({ length: 4 }, () => hold(slotId, quoteId, key)));
    expect(new Set(answers.map((answer) => answer.ok && answer.value.holdId)).size).toBe(1);
    expect(await figures(slotId)).toEqual({ taken: 1, booked: 0, held: 1 });
    expect(outcomeOf(await hold(other, quoteId, key))).toBe('key-reused');
    shop.pass(40 * minuteMs);
    expect(await hold(slotId, quoteId, key)).toEqual(answers[0]);
  });

  test('replaces the hold that the quote had before, in another slot or in the same', async () => {
    const [slotId, other] = [await open(1), await open(1)];
    const quoteId = await newQuote();
    await heldBy(slotId, quoteId);
    const later = await heldBy(other, quoteId);
    expect(await figures(slotId)).toEqual({ taken: 0, booked: 0, held: 0 });
    const latest = await heldBy(other, quoteId);
    expect(await figures(other)).toEqual({ taken: 1, booked: 0, held: 1 });
    expect(await place(quoteId, later)).toEqual({ ok: false, error: { reason: 'slot-hold-unknown' } });
    expect(await place(quoteId, latest)).toMatchObject({ ok: true });
    expect(outcomeOf(await hold(slotId, quoteId))).toBe('quote-consumed');
  });

  test('takes one place if many calls come at once for one quote', async () => {
    const slotIds = await Promise.all([open(3), open(3), open(3)]);
    const quoteId = await newQuote();
    await Promise.all(slotIds.map((slotId) => hold(slotId, quoteId)));
    const all = await Promise.all(slotIds.map(figures));
    expect(all.reduce((sum, { taken }) => sum + taken, 0)).toBe(1);
    expect(all.reduce((sum, { held }) => sum + held, 0)).toBe(1);
  });

  test('ends with its quote', async () => {
    const slotId = await open(1);
    const quote = await shop.quote(basket());
    shop.pass(20 * minuteMs);
    const held = await hold(slotId, quote.quoteId);
    expect(held.ok && held.value.expiresAt).toBe(quote.expiresAt);
  });

  test('is removed by the sweeper if it expired, and live holds stay', async () => {
    const slotId = await open(3);
    await heldBy(slotId, await newQuote());
    shop.pass(10 * minuteMs);
    await heldBy(slotId, await newQuote());
    expect(await sweepSlots({ slots: shop.slots, clock: shop.clock })).toMatchObject({
      slotHoldsFreed: expect.any(Number),
    });
    expect(await figures(slotId)).toEqual({ taken: 2, booked: 0, held: 2 });
    shop.pass(5 * minuteMs);
    await sweepSlots({ slots: shop.slots, clock: shop.clock });
    expect(await figures(slotId)).toEqual({ taken: 1, booked: 0, held: 1 });
    shop.pass(10 * minuteMs);
    await sweepSlots({ slots: shop.slots, clock: shop.clock });
    expect(await figures(slotId)).toEqual({ taken: 0, booked: 0, held: 0 });
    expect(await on.item(keys.slot(slotId))).not.toHaveProperty('dueAt');
    expect(await shop.slots.due(shop.now(), 100)).toEqual([]);
  });
});

describe('an order with a slot', () => {
  test('makes the hold a booking, shows it, and gives the place back when it is cancelled', async () => {
    const slotId = await open(1);
    const quoteId = await newQuote();
    const placed = await place(quoteId, await heldBy(slotId, quoteId));
    const orderId = placed.ok ? placed.value.orderId : '';
    expect(await figures(slotId)).toEqual({ taken: 1, booked: 1, held: 0 });
    shop.pass(dayMs);
    expect(outcomeOf(await hold(slotId, await newQuote()))).toBe('slot-full');
    const view = async () => orderView((await shop.timelines.load(orderId))?.facts ?? []).deliverySlot;
    expect(await view()).toMatchObject({ slotId, carrier: 'easypost', status: 'booked' });

    expect(await cancelOrder(shop, orderId, { by: 'shopper' })).toBe('cancelled');
    expect(await cancelOrder(shop, orderId, { by: 'shopper' })).toBe('already-stopped');
    expect(await figures(slotId)).toEqual({ taken: 0, booked: 0, held: 0 });
    expect(await view()).toMatchObject({ status: 'freed' });
    expect(outcomeOf(await hold(slotId, await newQuote()))).toBe('held');
  });

  test('gives the place back if it expires unpaid, unless the slot has ended', async () => {
    const slotId = await open(2);
    const orders = await Promise.all(
      [1, 2].map(async () => {
        const quoteId = await newQuote();
        const placed = await place(quoteId, await heldBy(slotId, quoteId));
        return placed.ok ? placed.value.orderId : '';
      }),
    );
    const expire = (orderId: string) =>
      actOnOrder(shop, orderId, { by: 'clock' }, () => [{ name: 'order.expired', data: {} }]);
    await expire(orders[0] ?? '');
    expect(await figures(slotId)).toEqual({ taken: 1, booked: 1, held: 0 });
    const back = 60 * dayMs;
    shop.pass(back);
    await expire(orders[1] ?? '');
    expect(await figures(slotId)).toEqual({ taken: 1, booked: 1, held: 0 });
    shop.pass(-back);
  });

  test('is refused with another quote’s hold or an unknown hold, and changes nothing', async () => {
    const slotId = await open(1);
    const [mine, theirs] = [await newQuote(), await newQuote()];
    const holdId = await heldBy(slotId, theirs);
    const refused = { ok: false, error: { reason: 'slot-hold-unknown' } };
    const before = await on.items();
    expect(await place(mine, holdId)).toEqual(refused);
    await hold(slotId, mine);
    expect(await place(mine, holdId)).toEqual(refused);
    expect(await on.items()).toEqual(before);
    expect(await place(theirs, holdId)).toMatchObject({ ok: true });
  });

  test('is refused without a hold if the price includes a slot', async () => {
    const deliverySlot = {
      ...{ slotId: await open(1), carrier: 'easypost' },
      ...{ from: '2026-12-10T07:00:00.000Z', to: '2026-12-10T11:00:00.000Z' },
    };
    const { quoteId } = await shop.quote({ ...basket(), deliverySlot });
    const before = await on.items();
    expect(await shop.place(quoteId)).toEqual({ ok: false, error: { reason: 'slot-hold-needed' } });
    expect(await on.items()).toEqual(before);
    // A price without a slot needs none.
    expect(await shop.place(await newQuote())).toMatchObject({ ok: true });
  });

  test('is the same order if it is repeated with its key after the hold expired', async () => {
    const slotId = await open(1);
    const quoteId = await newQuote();
    const holdId = await heldBy(slotId, quoteId);
    const idempotencyKey = shop.nextKey();
    const ask = () => shop.place(quoteId, { idempotencyKey, deliverySlot: { holdId } });
    const first = await ask();
    shop.pass(16 * minuteMs);
    const again = await ask();
    expect(again.ok && first.ok && again.value.orderId).toBe(first.ok && first.value.orderId);
    expect(await figures(slotId)).toEqual({ taken: 1, booked: 1, held: 0 });
  });

  test('leaves the hold unchanged if its stock is gone', async () => {
    const slotId = await open(1);
    const { quoteId } = await shop.quote(costOf([{ sku: 'NEVER', quantity: 1 }]));
    const holdId = await heldBy(slotId, quoteId);
    expect(await place(quoteId, holdId)).toMatchObject({ ok: false, error: { reason: 'stock-gone' } });
    expect(await figures(slotId)).toEqual({ taken: 1, booked: 0, held: 1 });
  });

  test('has one of two results if the hold expires at the same time', async () => {
    const slotId = await open(1);
    const [first, second] = [await newQuote(), await newQuote()];
    const holdId = await heldBy(slotId, first);
    shop.pass(15 * minuteMs - 1);
    const placing = place(first, holdId);
    shop.pass(1);
    const [placed, held] = await Promise.all([placing, hold(slotId, second)]);
    expect([placed.ok, held.ok].filter(Boolean)).toHaveLength(1);
    expect((await figures(slotId)).taken).toBe(1);
  });

  test('is refused if payment or arrival may be too late for the slot', async () => {
    // The goods are promised by the 5th. A voucher is valid for three days, so the goods may arrive on the 8th.
    const [soon, late] = ['2026-12-07', '2026-12-09'].map((date) => `de-berlin_${date}_0800-1200_day`);
    const zone = (await zones.zones()).find(({ zoneId }) => zoneId === 'de-berlin') ?? slotZone();
    await zones.putZone({ ...zone, templates: [...zone.templates, ...everyDay({ kind: 'day' })] });
    const pay = async (slotId: string, method: string) => {
      const quoteId = await newQuote();
      const deliverySlot = { holdId: await heldBy(slotId, quoteId) };
      return shop.place(quoteId, { deliverySlot, payment: { method } });
    };
    const refused = { ok: false, error: { reason: 'slot-before-payment' } };
    expect(await pay(soon ?? '', 'oxxo')).toEqual(refused);
    expect(await pay(soon ?? '', 'bank-transfer')).toEqual(refused);
    expect(await pay(late ?? '', 'oxxo')).toMatchObject({ ok: true });
    expect(await pay(soon ?? '', 'card')).toMatchObject({ ok: true });
  });

  test('is refused for an address outside the slot’s postal codes', async () => {
    const slotId = await open(1);
    const { quoteId } = await shop.quote({
      ...basket(),
      destination: { country: 'DE', postalCode: '80331' },
    });
    expect(outcomeOf(await hold(slotId, quoteId))).toBe('slot-elsewhere');
    const mine = await newQuote();
    const holdId = await heldBy(slotId, mine);
    const there = details();
    const moved = { ...there, shippingAddress: { ...there.shippingAddress, postalCode: '80331' } };
    expect(await shop.place(mine, { deliverySlot: { holdId }, details: moved })).toMatchObject({ ok: false });
  });
});

describe('the list of slots', () => {
  const list = (quoteId?: string, from?: string) =>
    listSlots(deps(), {
      ...{ storefrontId: 'shop', place: { country: 'DE', postalCode: '10115' }, quoteId, from },
    });
  const listed = async (quoteId?: string, from?: string) => {
    const answer = await list(quoteId, from);
    if (!answer.ok) throw new Error(answer.error.reason);
    return answer.value.offered;
  };

  test('counts places to the exact instant, and leaves out full slots', async () => {
    const slotId = await open(2);
    const date = slotId.split('_')[1];
    const free = async () =>
      (await listed(undefined, date)).find(({ slot }) => slot.slotId === slotId)?.freePlaces;
    expect(await free()).toBe(2);
    await heldBy(slotId, await newQuote());
    expect(await free()).toBe(1);
    await heldBy(slotId, await newQuote());
    expect(await free()).toBeUndefined();
    shop.pass(15 * minuteMs);
    expect(await free()).toBe(2);
  });

  test('for a quote begins after the quote’s promise', async () => {
    const first = (await listed(await newQuote()))[0]?.slot;
    expect(first?.from).toBe('2026-12-06T07:00:00.000Z');
    const [soonest] = await listed();
    expect(Date.parse(soonest?.slot.from ?? '') - Date.parse(shop.now())).toBeLessThan(3 * dayMs);
  });

  test('for a quote covers the place of the quote', async () => {
    const abroad = await shop.quote({ ...basket(), destination: { country: 'AT', postalCode: '1010' } });
    expect(await list(abroad.quoteId)).toEqual({ ok: false, error: { reason: 'quote-elsewhere' } });
    // A quote for the whole country can't have a slot in a zone with postal codes.
    const anywhere = await shop.quote({ ...basket(), destination: { country: 'DE' } });
    expect(await listed(anywhere.quoteId)).toEqual([]);
  });

  test('for a quote of another storefront is refused', async () => {
    const { quoteId } = await shop.quote(basket(), 'outlet');
    expect(await list(quoteId)).toEqual({ ok: false, error: { reason: 'quote-unknown' } });
  });
});
