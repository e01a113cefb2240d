import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOccupancy } from '../../../shared/aws/slots/slot-items.ts';
import { createSlotZoneStore } from '../../../shared/aws/slots/slot-zone-store.ts';
import { keys } from '../../../shared/aws/table.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { minuteMs } from '../../../shared/kernel/time.ts';
import { cancelOrder } from '../../../shared/order/index.ts';
import type { VerifiedQuotes } from '../../../shared/quote/index.ts';
import { holdSlot, sweepSlots } from '../../../shared/slots/index.ts';
import { actOnOrder } from '../../../shared/timeline/index.ts';
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
  await shop.receive('TEA', 100_000);
});
afterAll(() => on.stop());

/** Two slots of one day. A quote may change from one to the other. */
const TIMES = ['0800-1200', '1400-1800'] as const;

type Step =
  | { readonly kind: 'hold'; readonly slots: readonly number[] }
  | { readonly kind: 'hold-again' | 'order'; readonly pick: number; readonly slot: number }
  | { readonly kind: 'cancel' | 'expire'; readonly pick: number }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'sweep' };

const slot = fc.nat(1);
const pick = fc.nat(99);
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('hold' as const),
        slots: fc.array(slot, { minLength: 1, maxLength: 4 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('hold-again' as const), pick, slot }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('order' as const), pick, slot }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'expire' as const), pick }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 9 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
  ),
  { minLength: 5, maxLength: 25 },
);

interface Held {
  readonly quoteId: string;
  holdId: string;
  slot: number;
  expiresAt: string;
}

const quotes: VerifiedQuotes = { read: (quoteId) => shop.verifiedQuotes.read(quoteId) };

/** A model of the two slots that only counts. */
function createHistory(slotIds: readonly string[], capacity: number) {
  let holds: Held[] = [];
  const orders: { readonly orderId: string; readonly slot: number }[] = [];
  const live = () => holds.filter(({ expiresAt }) => expiresAt > shop.now());
  const free = (at: number) =>
    capacity -
    live().filter((held) => held.slot === at).length -
    orders.filter((order) => order.slot === at).length;

  const hold = (quoteId: string, at: number) =>
    holdSlot(
      { zones, slots: shop.slots, quotes, newId, now: shop.now(), countHeld: async () => undefined },
      { storefrontId: 'shop', idempotencyKey: shop.nextKey(), slotId: slotIds[at] ?? '', quoteId },
    );

  const steps = {
    async hold({ slots }: { slots: readonly number[] }) {
      const wanted = await Promise.all(
        slots.map(async (at) => ({
          at,
          quoteId: (await shop.quote(costOf([{ sku: 'TEA', quantity: 1 }]))).quoteId,
        })),
      );
      const room = [free(0), free(1)];
      const answers = await Promise.all(wanted.map(({ quoteId, at }) => hold(quoteId, at)));
      for (const [index, answer] of answers.entries()) {
        const { at = 0, quoteId = '' } = wanted[index] ?? {};
        if (answer.ok)
          holds.push({ quoteId, holdId: answer.value.holdId, slot: at, expiresAt: answer.value.expiresAt });
        else expect(answer.error).toEqual({ reason: 'slot-full' });
      }
      for (const at of [0, 1]) {
        const got = answers.filter((answer, index) => answer.ok && wanted[index]?.at === at).length;
        expect(got).toBe(Math.min(room[at] ?? 0, slots.filter((each) => each === at).length));
      }
    },
    async 'hold-again'({ pick, slot: at }: { pick: number; slot: number }) {
      const mine = live()[pick % Math.max(live().length, 1)];
      if (mine === undefined) return;
      const fits = mine.slot === at || free(at) > 0;
      const answer = await hold(mine.quoteId, at);
      if (!answer.ok && answer.error.reason === 'quote-expired') return;
      expect(answer.ok).toBe(fits);
      if (!answer.ok) return;
      holds = holds.filter((held) => held !== mine);
      holds.push({
        quoteId: mine.quoteId,
        holdId: answer.value.holdId,
        slot: at,
        expiresAt: answer.value.expiresAt,
      });
    },
    async order({ pick }: { pick: number }) {
      const mine = holds[pick % Math.max(holds.length, 1)];
      if (mine === undefined) return;
      const isLive = mine.expiresAt > shop.now();
      const placed = await shop.place(mine.quoteId, { deliverySlot: { holdId: mine.holdId } });
      expect(placed.ok).toBe(isLive);
      holds = holds.filter((held) => held !== mine);
      if (placed.ok) orders.push({ orderId: placed.value.orderId, slot: mine.slot });
    },
    async stop(kind: 'cancel' | 'expire', { pick }: { pick: number }) {
      const [order] = orders.splice(pick % Math.max(orders.length, 1), 1);
      if (order === undefined) return;
      const clock = { by: 'clock' } as const;
      if (kind === 'cancel') await cancelOrder(shop, order.orderId, clock);
      else await actOnOrder(shop, order.orderId, clock, () => [{ name: 'order.expired', data: {} }]);
    },
  };

  return {
    async take(step: Step) {
      if (step.kind === 'hold') await steps.hold(step);
      if (step.kind === 'hold-again') await steps['hold-again'](step);
      if (step.kind === 'order') await steps.order(step);
      if (step.kind === 'cancel' || step.kind === 'expire') await steps.stop(step.kind, step);
      if (step.kind === 'pass') shop.pass(step.minutes * minuteMs);
      if (step.kind === 'sweep') await sweepSlots({ slots: shop.slots, clock: shop.clock });
    },
    async check() {
      for (const [at, slotId] of slotIds.entries()) {
        const { taken, booked, holds: kept } = readOccupancy((await on.item(keys.slot(slotId))) ?? {});
        const wanted = live()
          .filter((held) => held.slot === at)
          .map(({ holdId }) => holdId);
        const liveKept = kept.filter(({ until }) => until > shop.now()).map(({ holdId }) => holdId);
        expect(liveKept.toSorted()).toEqual(wanted.toSorted());
        expect(booked).toBe(orders.filter((order) => order.slot === at).length);
        expect(taken).toBe(booked + kept.length);
        expect(taken).toBeLessThanOrEqual(capacity);
      }
    },
  };
}

let runs = 0;

test('in any history of holds, changes, orders, stops and expiries, no place is given twice and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (taken, capacity) => {
      runs += 1;
      const zoneId = `run-${runs}`;
      const [morning, afternoon] = [
        everyDay({ capacity }),
        everyDay({ capacity, from: '14:00', to: '18:00' }),
      ];
      await zones.putZone(slotZone({ zoneId, templates: [...morning, ...afternoon] }));
      const slotIds = TIMES.map((times) => `${zoneId}_2026-12-10_${times}_timed`);
      const history = createHistory(slotIds, capacity);
      for (const step of taken) {
        await history.take(step);
        await history.check();
      }
      // After all holds have expired and were swept, only the ordered places are taken.
      shop.pass(15 * minuteMs);
      await sweepSlots({ slots: shop.slots, clock: shop.clock });
      await history.check();
      for (const slotId of slotIds) {
        const item = (await on.item(keys.slot(slotId))) ?? {};
        expect(readOccupancy(item).holds).toEqual([]);
        expect(item).not.toHaveProperty('dueAt');
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
