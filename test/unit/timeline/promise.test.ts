import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { dayMs, hourMs, type Instant, later, minuteMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf, earliestOf } from '../../../shared/order/deadline.ts';
import { orderView } from '../../../shared/order/index.ts';
import { decideOnScans } from '../../../shared/shipping/apply-scans.ts';
import type { Scan } from '../../../shared/shipping/carrier.ts';
import {
  type Decided,
  deliveriesDue,
  promiseAfterWait,
  promisedByOf,
  promisesBroken,
  type Timeline,
} from '../../../shared/timeline/index.ts';
import {
  authorised,
  booked,
  cancellationRequested,
  cancelled,
  captured,
  cleared,
  dispatched,
  dispatchRequested,
  expired,
  filed,
  held,
  otherParcelId,
  parcelId,
  placed,
  released,
  scanned,
  screeningHeld,
  started,
  untilDispatched,
  untilPaid,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { placedAt, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

/** The latest of the quoted promise. */
const promised = '2026-12-05T10:00:00.000Z';
const before = later(promised, -hourMs);
const after = later(promised, 60_000);

/** The facts, each recorded at its own time. */
function at(facts: readonly (readonly [NewFact, Instant])[]): Timeline {
  const { orderId, facts: written } = timelineOf(facts.map(([fact]) => fact));
  return {
    orderId,
    facts: written.map((fact, index) => ({ ...fact, recordedAt: facts[index]?.[1] ?? placedAt })),
  };
}

const brokenAt = (facts: readonly NewFact[], now: Instant) => promisesBroken(timelineOf(facts).facts, now);
const broken = (facts: readonly NewFact[]) => brokenAt(facts, after);
const promiseOf = (timeline: Timeline, until: Instant = after) =>
  promisedByOf(timeline.facts, parcelId, until);

describe('the sweeper finds a broken promise', () => {
  test('if the time has passed and the parcel has not arrived', () => {
    expect(brokenAt(untilDispatched(), promised)).toEqual([]);
    expect(broken(untilDispatched())).toEqual([
      { name: 'parcel.promise_broken', data: { parcelId, promisedBy: promised }, occurredAt: promised },
    ]);
  });

  test.each([
    ['paid and not booked', untilPaid()],
    ['held because the carrier refused it', [...untilPaid(), held('booking-refused', parcelId)]],
    ['held because it is lost', [...untilDispatched(), held('parcel-lost', parcelId)]],
    [
      'asked to stop, too late',
      [
        ...untilDispatched(),
        cancellationRequested(),
        { name: 'order.cancellation_refused', data: { reason: 'left' } },
      ],
    ],
  ] as const)('of an order that is %s', (_, facts) => {
    expect(broken(facts)).toHaveLength(1);
  });

  test.each([
    ['unpaid', [placed(), started()]],
    ['expired', [placed(), started(), expired()]],
    ['cancelled', [...untilPaid(), cancelled()]],
    ['being stopped', [...untilPaid(), booked(), cancellationRequested()]],
    ['held by screening', [placed(), started(), authorised(), screeningHeld()]],
    ['held by a person', [...untilPaid(), screeningHeld()]],
    [
      'reported before',
      [...untilPaid(), { name: 'parcel.promise_broken', data: { parcelId, promisedBy: promised } }],
    ],
    ['stopped in the warehouse', [...untilPaid(), dispatchRequested(), stoppedByWarehouse()]],
    [
      'delivered in time, according to the carrier',
      [...untilPaid(), booked(), scanned({ status: 'delivered' })],
    ],
  ] as const)('not of an order that is %s', (_, facts) => {
    expect(broken(facts)).toEqual([]);
  });

  test('separately for each parcel', () => {
    const facts = forTwoParcels([...untilDispatched(), booked({ parcelId: otherParcelId })]);
    const arrived = [
      ...facts,
      { name: 'parcel.delivered', data: { parcelId, deliveredAt: before } },
    ] as const;
    expect(broken(facts).map(({ data }) => 'parcelId' in data && data.parcelId)).toEqual([
      parcelId,
      otherParcelId,
    ]);
    expect(broken(arrived)).toMatchObject([{ data: { parcelId: otherParcelId } }]);
  });
});

function stoppedByWarehouse(): NewFact {
  return { name: 'dispatch.cancelled', data: { dispatchId: idOf('dispatch', 1), parcelId } };
}

describe('the promise is extended', () => {
  test('by the days that a payment took, but not by minutes', () => {
    const paid = (waitMs: number) =>
      at([
        [placed(), placedAt],
        [started(), placedAt],
        [authorised(), later(placedAt, waitMs)],
        [released(), later(placedAt, waitMs)],
      ]);
    expect(promiseOf(paid(20 * minuteMs))).toBe(promised);
    expect(promiseOf(paid(2 * dayMs))).toBe(later(promised, 2 * dayMs));
    expect(promiseOf(paid(2 * dayMs + 1))).toBe(later(promised, 3 * dayMs));
  });

  test('by the time in which a person checked the order or customs held the parcel', () => {
    const query: NewFact = {
      name: 'declaration.queried',
      data: { declarationId: idOf('declaration', 1), parcelId, authorityCode: 'X', reason: 'inspection' },
    };
    const held = at([
      [placed(), placedAt],
      [authorised(), placedAt],
      [screeningHeld(), placedAt],
      [released('operator'), later(placedAt, 20 * hourMs)],
      [captured(), later(placedAt, 20 * hourMs)],
      [booked(), later(placedAt, 21 * hourMs)],
      [filed(), later(placedAt, 22 * hourMs)],
      [query, later(placedAt, 30 * hourMs)],
    ]);
    // 20 hours of checking and 10 hours of inspection are two days begun, unless the inspection takes longer.
    expect(promiseOf(held, later(placedAt, 40 * hourMs))).toBe(later(promised, 2 * dayMs));
    expect(promisesBroken(held.facts, later(promised, 90 * dayMs))).toEqual([]);
    const through = at([
      ...held.facts.map((fact) => [fact as NewFact, fact.recordedAt] as const),
      [cleared(), later(placedAt, 40 * hourMs)],
    ]);
    expect(promisesBroken(through.facts, later(promised, 2 * dayMs))).toEqual([]);
    expect(promisesBroken(through.facts, later(promised, 2 * dayMs + 1))).toHaveLength(1);
  });

  test('only of the parcel that customs held', () => {
    const query: NewFact = {
      name: 'declaration.queried',
      data: { declarationId: idOf('declaration', 1), parcelId, authorityCode: 'X', reason: 'inspection' },
    };
    const { facts } = timelineOf(forTwoParcels([...untilPaid(), booked(), query]));
    const until = later(placedAt, 2 * dayMs);
    expect(promisedByOf(facts, parcelId, until)).toBe(later(promised, 2 * dayMs));
    expect(promisedByOf(facts, otherParcelId, until)).toBe(promised);
  });

  test('by more than an hour of waiting, and not by exactly an hour', () => {
    expect(promiseAfterWait(promised, hourMs)).toBe(promised);
    expect(promiseAfterWait(promised, hourMs + 1)).toBe(later(promised, dayMs));
  });

  test('by whole days, a day begun counts, and the hour stays the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * dayMs }), (waitMs) => {
        const moved = Date.parse(promiseAfterWait(promised, waitMs)) - Date.parse(promised);
        expect(moved % dayMs).toBe(0);
        if (waitMs <= hourMs) expect(moved).toBe(0);
        else expect(moved - waitMs).toBeGreaterThanOrEqual(0);
        expect(moved - waitMs).toBeLessThan(dayMs);
      }),
    );
  });
});

describe('a late delivery breaks the promise', () => {
  const arrived = (deliveredAt: Instant) => [
    ...untilDispatched(),
    scanned({ status: 'delivered', scannedAt: deliveredAt }),
  ];
  const due = (facts: readonly NewFact[]) => deliveriesDue(timelineOf(facts).facts, []);

  test('if the sweeper has not reported it before', () => {
    expect(due(arrived(after))).toMatchObject([
      { name: 'parcel.delivered' },
      { name: 'parcel.promise_broken', data: { promisedBy: promised, deliveredAt: after } },
      { name: 'order.delivered' },
    ]);
    const reported: NewFact = { name: 'parcel.promise_broken', data: { parcelId, promisedBy: promised } };
    expect(due([...arrived(after), reported]).map(({ name }) => name)).toEqual([
      'parcel.delivered',
      'order.delivered',
    ]);
  });

  test('only after the promised time, and never if the order was stopped', () => {
    expect(due(arrived(promised)).map(({ name }) => name)).toEqual(['parcel.delivered', 'order.delivered']);
    const stopped = [...untilPaid(), booked(), cancelled(), ...arrived(after).slice(-2)];
    expect(due(stopped).some(({ name }) => name === 'parcel.promise_broken')).toBe(false);
  });
});

describe('the order shows the promise', () => {
  const view = (facts: readonly NewFact[]) => orderView(timelineOf(facts).facts).parcels[0];
  const delivered = (deliveredAt: Instant): NewFact => ({
    name: 'parcel.delivered',
    data: { parcelId, deliveredAt },
  });
  const reported: NewFact = { name: 'parcel.promise_broken', data: { parcelId, promisedBy: promised } };

  test('with the promised time, the arrival, and whether the arrival was late', () => {
    expect(view(untilDispatched())).toMatchObject({ promisedBy: promised, late: false });
    expect(view([...untilDispatched(), reported])).toMatchObject({ promisedBy: promised, late: true });
    expect(view([...untilDispatched(), reported, delivered(after)])).toMatchObject({
      ...{ late: true, deliveredAt: after },
    });
    // The carrier reported the delivery too late. The event stays, although the parcel was in time.
    expect(view([...untilDispatched(), reported, delivered(before)])).toMatchObject({ late: false });
  });

  test('as a deadline at the promised time', () => {
    const { facts } = at(untilDispatched().map((fact) => [fact, later(promised, -hourMs)]));
    expect(earliestOf(deadlinesOf(facts))).toBe(promised);
    // After the report the parcel waits for the next scan, as before.
    expect(earliestOf(deadlinesOf(timelineOf([...untilDispatched(), reported]).facts))).toBe(
      earliestOf(deadlinesOf(timelineOf(untilDispatched()).facts)),
    );
  });
});

describe('for scans and sweeps in any order', () => {
  type Step = { readonly tick: number } | { readonly scan: number; readonly by: 'carrier' } | 'hand-over';
  const course = ['accepted', 'in_transit', 'out_for_delivery', 'delivered'] as const;

  /** The parcel's scans, the last of them its delivery, a number of hours after the promise (before it: negative). */
  const scansOf = (deliveredHours: number): Scan[] =>
    course.map((status, index) => ({
      ...{ scanId: `scan-${index}`, status, carrierStatus: status },
      scannedAt: later(promised, (deliveredHours - (course.length - 1 - index)) * hourMs),
    }));

  const steps = fc.array(
    fc.oneof(
      fc.record({ tick: fc.integer({ min: -30, max: 60 }) }),
      fc.record({ scan: fc.nat({ max: course.length - 1 }), by: fc.constant('carrier' as const) }),
      fc.constant('hand-over' as const),
    ),
    { maxLength: 30 },
  );

  test('a promise is broken once if the parcel was late or the sweeper came after the time, and otherwise never', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: -20, max: 40 }), (mixed: readonly Step[], deliveredHours) => {
        const scans = scansOf(deliveredHours);
        let facts: readonly Decided[] = untilDispatched().slice(0, -1);
        let now = later(promised, -40 * hourMs);
        let passed = false;
        const add = (more: readonly Decided[]) => {
          facts = [...facts, ...more];
        };
        const report = (of: readonly Scan[]) =>
          add(
            decideOnScans(timelineOf(facts), parcelId, {
              carrierShipmentId: 'shp_1',
              trackingNumber: 'TRACK1',
              scans: of,
            }).facts,
          );
        const names = () => facts.map(({ name }) => name);
        const handOver = () => {
          if (names().includes('parcel.dispatched')) return;
          add([dispatched(), ...deliveriesDue(timelineOf(facts).facts, [dispatched()])]);
        };
        const isKnownInTime = () =>
          facts.some(
            ({ name, data }) =>
              name === 'parcel.scanned' &&
              'status' in data &&
              data.status === 'delivered' &&
              deliveredHours <= 0,
          );
        for (const step of mixed) {
          if (step === 'hand-over') handOver();
          else if ('tick' in step) {
            const then = later(promised, step.tick * hourMs);
            if (then > now) now = then;
            if (now > promised && !isKnownInTime() && !names().includes('parcel.delivered')) passed = true;
            add(promisesBroken(timelineOf(facts).facts, now));
          } else report(scans.slice(step.scan, step.scan + 1));
        }
        handOver();
        report(scans);
        report(scans);
        add(promisesBroken(timelineOf(facts).facts, later(promised, 90 * dayMs)));
        const count = names().filter((name) => name === 'parcel.promise_broken').length;
        expect(count).toBe(passed || deliveredHours > 0 ? 1 : 0);
        expect(names().filter((name) => name === 'parcel.delivered')).toHaveLength(1);
      }),
      { numRuns: 300 },
    );
  });
});
