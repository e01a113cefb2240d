import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { type TrackingStatus, trackingStatuses } from '../../../events/parcel.ts';
import { hourMs, later } from '../../../shared/kernel/time.ts';
import { orderView } from '../../../shared/order/index.ts';
import { decideOnScans } from '../../../shared/shipping/apply-scans.ts';
import type { Scan } from '../../../shared/shipping/carrier.ts';
import { trackParcels } from '../../../shared/shipping/index.ts';
import { trackingOf } from '../../../shared/shipping/tracking.ts';
import {
  type Decided,
  deliveriesDue,
  promisesBroken,
  statusOfPieces,
} from '../../../shared/timeline/index.ts';
import { dispatched, parcelId, untilDispatched } from '../../builders/facts.ts';
import { forThreeCartons } from '../../builders/several-cartons.ts';
import { namesOf, orderId, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';

/** The latest of the quoted promise. */
const promised = '2026-12-05T10:00:00.000Z';
const numbers = ['TRACK1', 'TRACK2', 'TRACK3'];

const scan = (status: TrackingStatus, hour: number): Scan => ({
  ...{ scanId: `${status}-${hour}`, status, carrierStatus: status },
  scannedAt: later('2026-11-24T00:00:00.000Z', hour * hourMs),
});

/** The facts after the carrier reported these scans of that carton. */
function report(facts: readonly NewFact[], trackingNumber: string, ...scans: Scan[]): NewFact[] {
  const carrierShipmentId = trackingNumber.replace('TRACK', 'shp_');
  const reported = { carrierShipmentId, trackingNumber, scans };
  return [...facts, ...decideOnScans(timelineOf(facts), parcelId, reported).facts];
}

const left = forThreeCartons(untilDispatched());
const parcelView = (facts: readonly NewFact[]) => orderView(timelineOf(facts).facts).parcels[0];

describe('a parcel of several cartons', () => {
  test('is delivered at the time of its last carton', () => {
    let facts = report(left, 'TRACK2', scan('delivered', 30));
    facts = report(facts, 'TRACK3', scan('delivered', 12));
    expect(namesOf(facts.slice(left.length))).toEqual(['parcel.scanned', 'parcel.scanned']);
    facts = report(facts, 'TRACK1', scan('delivered', 20));
    expect(namesOf(facts.slice(-3))).toEqual(['parcel.scanned', 'parcel.delivered', 'order.delivered']);
    expect(facts.at(-2)?.data).toEqual({ parcelId, deliveredAt: scan('delivered', 30).scannedAt });
  });

  test('counts a scan once for each carton, even if two scans have the same id', () => {
    let facts = report(left, 'TRACK1', scan('accepted', 8));
    facts = report(facts, 'TRACK2', scan('accepted', 8), scan('accepted', 8));
    expect(
      facts.slice(left.length).map(({ data }) => 'trackingNumber' in data && data.trackingNumber),
    ).toEqual(['TRACK1', 'TRACK2']);
  });

  test('recognises a carton by its shipment if the carrier changed its number', () => {
    const { facts } = decideOnScans(timelineOf(left), parcelId, {
      ...{ carrierShipmentId: 'shp_3', trackingNumber: 'RELABELLED', scans: [scan('accepted', 8)] },
    });
    expect(facts).toMatchObject([{ data: { trackingNumber: 'TRACK3' } }]);
    expect(report(left, 'TRACK9', scan('accepted', 8))).toEqual(left);
  });

  test.each(['lost', 'returned'] as const)(
    'is held if one carton is %s, and the carton is named',
    (status) => {
      const facts = report(left, 'TRACK2', scan('in_transit', 8), scan(status, 9));
      expect(facts.at(-1)).toEqual({
        ...{ name: 'order.held', data: { reason: `parcel-${status}`, parcelId, trackingNumber: 'TRACK2' } },
      });
      expect(report(facts, 'TRACK3', scan(status, 9)).at(-1)?.data).toMatchObject({
        trackingNumber: 'TRACK3',
      });
      expect(namesOf(report(facts, 'TRACK1', scan('delivered', 10)))).not.toContain('parcel.delivered');
      expect(parcelView(facts)).toMatchObject({ trackingStatus: 'exception' });
    },
  );

  test('shows each carton, and has the status of the carton that is furthest behind', () => {
    expect(parcelView(left)).toMatchObject({ trackingNumber: 'TRACK1', pieces: [{}, {}, {}] });
    let facts = report(left, 'TRACK1', scan('in_transit', 8), scan('delivered', 12));
    facts = report(facts, 'TRACK2', scan('out_for_delivery', 11));
    expect(parcelView(facts)).toMatchObject({ trackingStatus: 'label_created' });
    facts = report(facts, 'TRACK3', scan('in_transit', 10));
    const view = parcelView(facts);
    expect(view).toMatchObject({
      trackingStatus: 'in_transit',
      pieces: [
        {
          trackingNumber: 'TRACK1',
          trackingStatus: 'delivered',
          deliveredAt: scan('delivered', 12).scannedAt,
        },
        { trackingNumber: 'TRACK2', trackingStatus: 'out_for_delivery' },
        { trackingNumber: 'TRACK3', trackingStatus: 'in_transit' },
      ],
    });
    expect(view?.scans.map(({ trackingNumber }) => trackingNumber)).toEqual([
      'TRACK1',
      'TRACK3',
      'TRACK2',
      'TRACK1',
    ]);
  });

  test('keeps its promise after all cartons arrived in time, and not before', () => {
    const notHandedOver = left.slice(0, -1);
    const brokenOf = (facts: readonly NewFact[]) =>
      promisesBroken(timelineOf(facts).facts, later(promised, hourMs)).length;
    let facts = report(notHandedOver, 'TRACK1', scan('delivered', 9));
    facts = report(facts, 'TRACK2', scan('delivered', 9));
    expect(brokenOf(facts)).toBe(1);
    expect(brokenOf(report(facts, 'TRACK3', scan('delivered', 30)))).toBe(0);
    expect(brokenOf(report(facts, 'TRACK3', scan('delivered', 2000)))).toBe(1);
  });

  test('is tracked by asking for each carton that has not arrived', async () => {
    const harness = createHarness(timelineOf(report(left, 'TRACK1', scan('delivered', 9))));
    const asked: string[] = [];
    const { track } = harness.carrier;
    harness.carrier.track = (now, query) => {
      asked.push(query.trackingNumber);
      return track(now, query);
    };
    for (const number of numbers) harness.carrier.scan(number, scan('delivered', 9));
    await trackParcels(harness.deps, orderId, { by: 'clock' });
    await trackParcels(harness.deps, orderId, { by: 'clock' });
    expect(asked).toEqual(['TRACK2', 'TRACK3']);
    expect(harness.names().at(-1)).toBe('order.delivered');
  });
});

const moving = trackingStatuses.slice(0, trackingStatuses.indexOf('delivered') + 1);
const course = ['accepted', 'in_transit', 'out_for_delivery', 'delivered'] as const;

describe('in any order, with any repeats', () => {
  test('a parcel has the status of the carton that is furthest behind', () => {
    const words = fc.array(fc.subarray([...moving], { minLength: 1 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(words, (reported) => {
        const pieces = reported.map((statuses) => ({
          scans: statuses.map((status, hour) => ({ ...scan(status, hour), status })),
        }));
        const furthest = reported.map((statuses) => moving.indexOf(statuses.at(-1) ?? 'label_created'));
        expect(statusOfPieces(pieces)).toBe(moving[Math.min(...furthest)]);
        const strayed = { scans: [{ ...scan('lost', 99), status: 'lost' as const }] };
        expect(statusOfPieces([...pieces, strayed])).toBe('exception');
      }),
    );
  });

  const steps = fc.array(
    fc.oneof(
      fc.record({ piece: fc.nat({ max: 2 }), scan: fc.nat({ max: course.length - 1 }) }),
      fc.record({ tick: fc.integer({ min: -30, max: 60 }) }),
      fc.constant('hand-over' as const),
    ),
    { maxLength: 40 },
  );
  const hours = fc.tuple(...numbers.map(() => fc.integer({ min: -20, max: 40 })));

  test('the same scans give one delivery with the last carton, and at most one broken promise', () => {
    fc.assert(
      fc.property(steps, hours, (mixed, deliveredHours) => {
        const scansOf = (piece: number): Scan[] =>
          course.map((status, index) => ({
            ...{ scanId: `scan-${index}`, status, carrierStatus: status },
            scannedAt: later(promised, ((deliveredHours[piece] ?? 0) - (3 - index)) * hourMs),
          }));
        const last = Math.max(...deliveredHours);
        let facts: readonly Decided[] = left.slice(0, -1);
        let now = later(promised, -40 * hourMs);
        let passed = false;
        const add = (more: readonly Decided[]) => {
          facts = [...facts, ...more];
        };
        const names = () => facts.map(({ name }) => name);
        const handOver = () => {
          if (names().includes('parcel.dispatched')) return;
          add([dispatched(), ...deliveriesDue(timelineOf(facts).facts, [dispatched()])]);
        };
        const all = numbers.flatMap((number, piece) => scansOf(piece).map((each) => [number, each] as const));
        const allReported = () =>
          facts.filter(
            ({ name, data }) => name === 'parcel.scanned' && 'status' in data && data.status === 'delivered',
          ).length === numbers.length;
        for (const step of mixed) {
          if (step === 'hand-over') handOver();
          else if ('tick' in step) {
            const then = later(promised, step.tick * hourMs);
            if (then > now) now = then;
            const isKnownInTime = allReported() && last <= 0;
            if (now > promised && !isKnownInTime && !names().includes('parcel.delivered')) passed = true;
            add(promisesBroken(timelineOf(facts).facts, now));
          } else {
            const [each] = scansOf(step.piece).slice(step.scan, step.scan + 1);
            if (each !== undefined) facts = report(facts, numbers[step.piece] ?? '', each);
          }
        }
        handOver();
        for (const [number, each] of [...all].reverse()) facts = report(facts, number, each);
        for (const [piece, number] of numbers.entries()) facts = report(facts, number, ...scansOf(piece));
        add(promisesBroken(timelineOf(facts).facts, later(promised, 2000 * hourMs)));
        const count = (name: string) => names().filter((each) => each === name).length;
        expect(count('parcel.scanned')).toBe(all.length);
        expect(count('parcel.delivered')).toBe(1);
        expect(count('order.delivered')).toBe(1);
        expect(count('parcel.promise_broken')).toBe(passed || last > 0 ? 1 : 0);
        const reported = facts.find(({ name }) => name === 'parcel.delivered')?.data;
        expect(reported).toEqual({ parcelId, deliveredAt: later(promised, last * hourMs) });
        const pieces = trackingOf(timelineOf(facts).facts).get(parcelId)?.pieces ?? [];
        expect(pieces.map(({ scans }) => scans.map(({ status }) => status))).toEqual(
          numbers.map(() => [...course]),
        );
      }),
      { numRuns: 60 },
    );
  });
});
