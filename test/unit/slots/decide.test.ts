import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { later, minuteMs } from '../../../shared/kernel/time.ts';
import { decideBooking } from '../../../shared/slots/book-slot.ts';
import { decideHold } from '../../../shared/slots/hold-slot.ts';
import {
  decideWhenFull,
  freedSlots,
  type Occupancy,
  type SlotHold,
  type SlotZone,
  settle,
} from '../../../shared/slots/index.ts';
import { expiredHolds, freePlaces } from '../../../shared/slots/occupancy.ts';
import { deliverableFrom, type QuotedPlan, readPlan } from '../../../shared/slots/quoted-plan.ts';
import { cancelled, placed, untilPaid } from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { consignment, domesticConsignment, landedCost } from '../../builders/landed-cost.ts';
import { everyDay, slotZone } from '../../builders/slots.ts';
import { placedAt, timelineOf } from '../../builders/timeline.ts';

const now = placedAt;
const plan = (over: Partial<QuotedPlan> = {}): QuotedPlan => ({
  quoteId: idOf('quote', 1),
  expiresAt: later(now, 30 * minuteMs),
  landedCost: landedCost(),
  ...over,
});
const slotId = 'de-berlin_2026-12-07_0800-1200_timed';
const quotedSlot = {
  ...{ slotId, carrier: 'easypost' },
  from: '2026-12-07T07:00:00.000Z',
  to: '2026-12-07T11:00:00.000Z',
};
const decide = (over: Partial<{ zones: SlotZone[]; slotId: string; plan: QuotedPlan; now: string }>) => {
  const given = { zones: [slotZone()], slotId, plan: plan(), now, ...over };
  return decideHold(given.zones, given.slotId, given.plan, given.now);
};

describe('a hold of a slot', () => {
  test('lasts fifteen minutes, and keeps the slot’s data and the quote’s destination', () => {
    expect(decide({})).toMatchObject({
      ok: true,
      value: {
        quoteId: idOf('quote', 1),
        expiresAt: later(now, 15 * minuteMs),
        slot: { slotId, from: '2026-12-07T07:00:00.000Z' },
        ...{ country: 'DE', postalCodePrefix: '10' },
      },
    });
  });

  test('does not last longer than its quote', () => {
    const expiresAt = later(now, 4 * minuteMs);
    expect(decide({ plan: plan({ expiresAt }) })).toMatchObject({ value: { expiresAt } });
  });

  test.each([
    ['slot-unknown', { slotId: 'de-berlin_2026-12-07_0900-1200_timed' }],
    ['slot-unknown', { zones: [slotZone({ exceptions: [{ kind: 'closed', date: '2026-12-07' }] })] }],
    ['slot-closed', { now: '2026-12-06T07:00:00.000Z' }],
    ['slot-closed', { slotId: 'de-berlin_2027-12-07_0800-1200_timed' }],
    ['slot-elsewhere', { zones: [slotZone({ postalCodePrefixes: ['80'] })] }],
    ['slot-elsewhere', { plan: plan({ landedCost: landedCost({ destination: { country: 'DE' } }) }) }],
    ['slot-unknown', { zones: [] }],
    [
      'slot-elsewhere',
      { zones: [slotZone(), slotZone({ zoneId: 'de-mitte', postalCodePrefixes: ['101'] })] },
    ],
    ['slot-of-other-carrier', { zones: [slotZone({ carrier: 'other' })] }],
    ['slot-before-promise', { slotId: 'de-berlin_2026-12-05_0800-1200_timed' }],
  ] as [string, Parameters<typeof decide>[0]][])('is refused: %s', (reason, over) => {
    expect(decide(over)).toEqual({ ok: false, error: { reason } });
  });

  const costly = [slotZone({ templates: everyDay({ surcharge: { amount: 500, currency: 'EUR' } }) })];
  const pricedWith = (priced: string) =>
    plan({ landedCost: landedCost({ deliverySlot: { ...quotedSlot, slotId: priced } }) });

  test('of a slot with a surcharge needs a price that includes this slot', () => {
    const refused = { ok: false, error: { reason: 'slot-not-quoted' } };
    expect(decide({ zones: costly })).toEqual(refused);
    expect(decide({ zones: costly, plan: pricedWith(slotId) })).toMatchObject({ ok: true });
    expect(decide({ zones: costly, plan: pricedWith('de-berlin_2026-12-08_0800-1200_timed') })).toEqual(
      refused,
    );
  });

  test('under a price with a slot must be for that slot, even if another slot is free of charge', () => {
    expect(decide({ plan: pricedWith(slotId) })).toMatchObject({ ok: true });
    expect(decide({ plan: pricedWith('de-berlin_2026-12-08_0800-1200_timed') })).toEqual({
      ok: false,
      error: { reason: 'slot-not-quoted' },
    });
  });

  test('is possible until the exact instant of the cut-off', () => {
    expect(decide({ now: '2026-12-06T06:59:59.999Z' })).toMatchObject({ ok: true });
  });
});

describe('the earliest time at which a carrier can deliver', () => {
  const late = { earliest: '2026-12-02T10:00:00.000Z', latest: '2026-12-09T10:00:00.000Z' };

  test('is the latest arrival of all parcels', () => {
    const twoParcels = landedCost({ consignments: [consignment(), domesticConsignment({ promise: late })] });
    expect(deliverableFrom(twoParcels, 'easypost')).toBe(late.latest);
  });

  test('does not exist if a parcel goes with another carrier', () => {
    const mixed = landedCost({
      consignments: [consignment(), domesticConsignment({ carrier: 'other' })],
    });
    expect(deliverableFrom(mixed, 'easypost')).toBeUndefined();
    expect(deliverableFrom(mixed, 'other')).toBeUndefined();
  });
});

describe('the plan for which slots are listed', () => {
  const slow = landedCost({
    consignments: [
      consignment({ promise: { earliest: '2026-12-08T10:00:00.000Z', latest: '2026-12-09T10:00:00.000Z' } }),
    ],
  });
  const quote = {
    quoteId: idOf('quote', 1),
    storefrontId: 'shop',
    expiresAt: later(now, minuteMs),
    guaranteeCode: 'GC-00000-00000',
    options: [
      { optionId: 'opt-1', labels: [], landedCost: slow },
      { optionId: 'opt-2', labels: [], landedCost: landedCost() },
    ],
  };
  const read = (over: object = {}, at = now) =>
    readPlan(
      { read: async (quoteId) => (quoteId === quote.quoteId ? quote : undefined) },
      { storefrontId: 'shop', quoteId: quote.quoteId, ...over },
      at,
    );

  test('is the first plan of the quote, unless another plan is named', async () => {
    expect(await read()).toMatchObject({ ok: true, value: { landedCost: slow } });
    expect(await read({ optionId: 'opt-2' })).toMatchObject({ value: { landedCost: landedCost() } });
  });

  test.each([
    ['quote-unknown', { storefrontId: 'outlet' }, now],
    ['quote-unknown', { quoteId: idOf('quote', 2) }, now],
    ['quote-expired', {}, quote.expiresAt],
    ['option-unknown', { optionId: 'opt-3' }, now],
  ] as const)('is refused: %s', async (reason, over, at) => {
    expect(await read(over, at)).toEqual({ ok: false, error: { reason } });
  });
});

describe('booking a slot', () => {
  const held: SlotHold = (() => {
    const decided = decide({});
    if (!decided.ok) throw new Error(decided.error.reason);
    return { ...decided.value, holdId: idOf('hold', 1) };
  })();
  const book = (
    over: Partial<Parameters<typeof decideBooking>[1]> = {},
    at = now,
    hold: SlotHold | undefined = held,
  ) =>
    decideBooking(
      hold,
      {
        holdId: held.holdId,
        quoteId: held.quoteId,
        landedCost: landedCost(),
        shippingAddress: { country: 'DE', postalCode: '10115' },
        ...over,
      },
      at,
    );

  test('gives slot, window and carrier', () => {
    expect(book()).toEqual({
      ok: true,
      value: {
        ...{ slotId, carrier: 'easypost' },
        from: '2026-12-07T07:00:00.000Z',
        to: '2026-12-07T11:00:00.000Z',
      },
    });
  });

  test.each([
    ['slot-hold-unknown', { holdId: idOf('hold', 2) }],
    ['slot-hold-unknown', { quoteId: idOf('quote', 2) }],
    ['slot-elsewhere', { shippingAddress: { country: 'AT', postalCode: '10115' } }],
    ['slot-elsewhere', { shippingAddress: { country: 'DE', postalCode: '80331' } }],
    ['slot-elsewhere', { shippingAddress: { country: 'DE' } }],
    ['slot-of-other-carrier', { landedCost: landedCost({ consignments: [consignment({ carrier: 'x' })] }) }],
    [
      'slot-before-promise',
      {
        landedCost: landedCost({
          consignments: [
            consignment({
              promise: { earliest: '2026-12-01T00:00:00.000Z', latest: '2026-12-07T07:00:00.001Z' },
            }),
          ],
        }),
      },
    ],
  ] as const)('is refused: %s', (reason, over) => {
    expect(book(over)).toEqual({ ok: false, error: { reason } });
  });

  test('of a slot with a surcharge is refused for a plan that was priced without it', () => {
    const costly = { ...held, slot: { ...held.slot, surcharge: { amount: 500, currency: 'EUR' as const } } };
    expect(book({}, now, costly)).toEqual({ ok: false, error: { reason: 'slot-not-quoted' } });
    expect(book({ landedCost: landedCost({ deliverySlot: quotedSlot }) }, now, costly)).toMatchObject({
      ok: true,
    });
  });

  test('is refused from the instant of the expiry on, and without a hold', () => {
    expect(book({}, later(held.expiresAt, -1))).toMatchObject({ ok: true });
    expect(book({}, held.expiresAt)).toEqual({ ok: false, error: { reason: 'slot-hold-expired' } });
    expect(decideBooking(undefined, { ...book, holdId: '', quoteId: '' } as never, now)).toEqual({
      ok: false,
      error: { reason: 'slot-hold-unknown' },
    });
  });
});

describe('the places of a slot', () => {
  const occupancies = fc
    .record({
      booked: fc.nat(6),
      minutes: fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 6 }),
    })
    .map(({ booked, minutes }): Occupancy => {
      const holds = minutes.map((each, index) => ({
        ...{ holdId: idOf('hold', index), quoteId: idOf('quote', index) },
        until: later(now, each * minuteMs),
      }));
      return { booked, holds, taken: booked + holds.length };
    });

  test('are free, booked or held, and these add up to all places; an expired hold takes none', () => {
    fc.assert(
      fc.property(occupancies, fc.integer({ min: 0, max: 12 }), (occupancy, capacity) => {
        const live = occupancy.holds.filter(({ until }) => until > now).length;
        const free = freePlaces(occupancy, capacity, now);
        expect(free).toBe(Math.max(capacity - occupancy.booked - live, 0));
        expect(expiredHolds(occupancy, now)).toHaveLength(occupancy.holds.length - live);
      }),
    );
  });

  test('are reported as full only if none is free', () => {
    fc.assert(
      fc.property(occupancies, fc.integer({ min: 0, max: 12 }), (occupancy, capacity) => {
        const decided = decideWhenFull(occupancy, capacity, now);
        expect(decided === 'full').toBe(freePlaces(occupancy, capacity, now) === 0);
        if (decided === 'settle') expect(settle(occupancy, now).freed.length).toBeGreaterThan(0);
      }),
    );
  });

  test('contain only live holds after settling, with the next expiry', () => {
    fc.assert(
      fc.property(occupancies, (occupancy) => {
        const { freed, nextExpiry } = settle(occupancy, now);
        const live = occupancy.holds.filter((hold) => !freed.includes(hold));
        expect(live.every(({ until }) => until > now)).toBe(true);
        expect(nextExpiry).toBe(live.map(({ until }) => until).sort()[0]);
      }),
    );
  });
});

describe('an order that stops', () => {
  const deliverySlot = {
    ...{ slotId, carrier: 'easypost' },
    from: '2026-12-07T07:00:00.000Z',
    to: '2026-12-07T11:00:00.000Z',
  };
  const paid = (slot: Partial<typeof deliverySlot> = {}) =>
    timelineOf([placed({ deliverySlot: { ...deliverySlot, ...slot } }), ...untilPaid().slice(1)]).facts;
  const stopped = timelineOf([...untilPaid(), cancelled()]).facts.slice(-1);

  test('releases its place once, with the fact that stops it', () => {
    const before = paid();
    expect(freedSlots(before, stopped)).toEqual([slotId]);
    expect(freedSlots([], before)).toEqual([]);
    expect(freedSlots([...before, ...stopped], [])).toEqual([]);
  });

  test('releases nothing without a slot, or after the slot has ended', () => {
    expect(freedSlots(timelineOf(untilPaid()).facts, stopped)).toEqual([]);
    expect(freedSlots(paid({ to: stopped[0]?.recordedAt ?? '' }), stopped)).toEqual([]);
  });
});
