import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import {
  activeHold,
  actOnOrder,
  blockerOf,
  decideAndReport,
  deliveriesDue,
  forEachInTurn,
  holdOnce,
  inBatches,
  isReleasedSince,
  orderStateOf,
  referencesOf,
  UnknownOrder,
} from '../../../shared/timeline/index.ts';
import { statusOfPieces } from '../../../shared/timeline/pieces.ts';
import {
  authorised,
  booked,
  cancellationRequested,
  cancelled,
  captured,
  dispatched,
  expired,
  held,
  otherParcelId,
  parcelId,
  placed,
  refundFailed,
  refundRequested,
  released,
  scanned,
  screeningHeld,
  started,
  untilAuthorised,
  untilBooked,
  untilDispatched,
  untilFulfilling,
  untilPaid,
  untilReleased,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { forThreeCartons } from '../../builders/several-cartons.ts';
import { namesOf, orderId, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';
import { createHarness } from '../../fakes/harness.ts';

const factsOf = (facts: readonly NewFact[]) => timelineOf(facts).facts;
const refusedStop: NewFact = { name: 'order.cancellation_refused', data: { reason: 'already-left' } };

describe('the obstacle of an order', () => {
  test.each([
    ['nothing, if it is paid and screened', undefined, untilPaid()],
    [
      'nothing, after a stop was refused',
      undefined,
      [...untilFulfilling(), cancellationRequested(), refusedStop],
    ],
    [
      'nothing, after a part was refunded',
      undefined,
      [...untilPaid(), refundRequested({ amount: { amount: 1, currency: 'EUR' } })],
    ],
    [
      'nothing, after a refund of the whole amount failed',
      undefined,
      [...untilPaid(), refundRequested(), refundFailed()],
    ],
    ['that it is not paid', 'unpaid', untilReleased()],
    [
      'that too little was captured',
      'unpaid',
      [...untilReleased(), captured({ amount: { amount: 3926, currency: 'EUR' } })],
    ],
    [
      'that another currency was captured',
      'unpaid',
      [...untilReleased(), captured({ amount: { amount: 3927, currency: 'USD' } })],
    ],
    ['that it is being refunded', 'unpaid', [...untilPaid(), refundRequested()]],
    ['that it was not screened', 'unscreened', [...untilAuthorised(), captured()]],
    ['that a person holds it', 'unscreened', [...untilPaid(), screeningHeld()]],
    ['that it is being stopped', 'stopping', [...untilFulfilling(), cancellationRequested()]],
    ['that it was cancelled', 'ended', [...untilPaid(), cancelled()]],
    ['that it expired', 'ended', [placed(), expired()]],
  ] as const)('is %s', (_, obstacle, facts) => {
    expect(blockerOf(factsOf(facts))).toBe(obstacle);
  });

  test('comes from the latest screening result', () => {
    expect(orderStateOf(factsOf([...untilPaid(), screeningHeld(), released('operator')])).screening).toBe(
      'released',
    );
    expect(orderStateOf(factsOf([placed(), started(), authorised()])).isAuthorised).toBe(true);
  });
});

describe('holds of an order', () => {
  test('are reported once for each reason and parcel, until a person releases the order', () => {
    const facts = factsOf([...untilPaid(), held('booking-refused', parcelId)]);
    expect(holdOnce(facts, 'booking-refused', parcelId)).toEqual([]);
    expect(holdOnce(facts, 'booking-refused', otherParcelId)).toHaveLength(1);
    expect(holdOnce(facts, 'booking-refused')).toHaveLength(1);
    const after = factsOf([...untilPaid(), held('booking-refused', parcelId), released('operator')]);
    expect(activeHold(after, 'booking-refused', parcelId)).toBeUndefined();
    expect(isReleasedSince(after, 6)).toBe(true);
    expect(isReleasedSince(after, 7)).toBe(false);
  });
});

test('a delivered carton stays delivered, whatever its carrier says afterwards', () => {
  const scans = [
    { scanId: '1', status: 'delivered', scannedAt: '2026-11-25T10:00:00.000Z' },
    { scanId: '2', status: 'in_transit', scannedAt: '2026-11-25T11:00:00.000Z' },
  ] as const;
  expect(statusOfPieces([{ scans }])).toBe('delivered');
});

describe('deliveries of parcels', () => {
  const delivered = (of = parcelId, over: { scanId?: string; scannedAt?: string } = {}) =>
    scanned({ parcelId: of, status: 'delivered', scanId: `d-${of}`, ...over });

  test('need the reports of carrier and warehouse, in either order', () => {
    expect(deliveriesDue(factsOf(untilFulfilling()), [delivered()])).toEqual([]);
    expect(namesOf(deliveriesDue(factsOf(untilDispatched()), [delivered()]))).toEqual([
      'parcel.delivered',
      'order.delivered',
    ]);
    expect(namesOf(deliveriesDue(factsOf([...untilFulfilling(), delivered()]), [dispatched()]))).toEqual([
      'parcel.delivered',
      'order.delivered',
    ]);
  });

  test('end the order with the last parcel', () => {
    const left = dispatched({ parcelId: otherParcelId });
    const other = booked({ parcelId: otherParcelId, trackingNumber: 'TRACK2' });
    const one = factsOf([...forTwoParcels(untilDispatched()), other, delivered()]);
    expect(namesOf(deliveriesDue(one, []))).toEqual(['parcel.delivered']);
    const both = deliveriesDue(one, [left, delivered(otherParcelId)]);
    expect(namesOf(both)).toEqual(['parcel.delivered', 'parcel.delivered', 'order.delivered']);
  });

  test('happen once', () => {
    const due = deliveriesDue(factsOf(untilDispatched()), [delivered()]);
    expect(deliveriesDue(factsOf([...untilDispatched(), delivered(), ...due]), [delivered()])).toEqual([]);
  });
});

test('each carton has a reference to its parcel', () => {
  const references = referencesOf(factsOf(forThreeCartons(untilBooked())));
  expect(references).toEqual(
    ['TRACK1', 'TRACK2', 'TRACK3'].map((reference) => ({
      ...{ kind: 'carrier', code: 'easypost', reference, orderId, parcelId },
    })),
  );
});

test('facts that name an id for a partner make a reference', () => {
  expect(referencesOf(factsOf(untilFulfilling()))).toEqual([
    { kind: 'carrier', code: 'easypost', reference: 'TRACK1', orderId, parcelId },
    { kind: 'customs', code: 'rest-broker', reference: 'LRN1', orderId, parcelId },
    { kind: 'warehouse', code: 'wms', reference: idOf('dispatch', 1), orderId, parcelId },
  ]);
});

test('tasks run in turn, and the first failure is thrown', async () => {
  const done: number[] = [];
  const act = async (n: number) => {
    if (n % 2 === 0) throw new Error(`no ${n}`);
    done.push(n);
  };
  await expect(forEachInTurn([1, 2, 3, 4, 5], act)).rejects.toThrow('no 2');
  expect(done).toEqual([1, 3, 5]);
});

test('a fixed number of tasks runs at once, answers keep their order, and the first failure is thrown at the end', async () => {
  let [underway, max] = [0, 0];
  const act = async (n: number) => {
    underway += 1;
    max = Math.max(max, underway);
    await new Promise((done) => setTimeout(done, 5 - n));
    underway -= 1;
    if (n > 9) throw new Error(`no ${n}`);
    return n * n;
  };
  expect(await inBatches([1, 2, 3, 4, 5], 2, act)).toEqual([1, 4, 9, 16, 25]);
  expect(max).toBe(2);
  await expect(inBatches([10, 1, 11, 2], 3, act)).rejects.toThrow('no 10');
  expect(underway).toBe(0);
});

describe('acting on an order', () => {
  test('decides again on the current state after a conflict', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    const seen: number[] = [];
    harness.timelines.beforeNextAppend(async () => {
      const now = '2026-11-23T10:05:00.000Z';
      await harness.timelines.append({
        timeline: harness.timeline(),
        facts: [booked()],
        cause: harness.cause,
        now,
      });
    });
    await actOnOrder(harness.deps, orderId, harness.cause, ({ facts }) => {
      seen.push(facts.length);
      return facts.some(({ name }) => name === 'parcel.booked') ? [] : [booked()];
    });
    // The first read may lack the latest fact. Then another caller appends.
    expect(seen).toEqual([4, 5, 6]);
    expect(harness.names().filter((name) => name === 'parcel.booked')).toHaveLength(1);
  });

  test('reports the notices of the stored decision once', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    harness.timelines.beforeNextAppend(async () => {
      const now = '2026-11-23T10:05:00.000Z';
      const facts = [held('x')];
      await harness.timelines.append({ timeline: harness.timeline(), facts, cause: harness.cause, now });
    });
    await decideAndReport(harness.deps, orderId, harness.cause, ({ facts }) => ({
      facts: [held(`y${facts.length}`)],
      notices: [{ code: 'partner-refused', detail: { facts: facts.length } }],
    }));
    expect(harness.notices).toEqual([{ code: 'partner-refused', detail: { facts: 6 } }]);
  });

  test('gives an error for an unknown order', async () => {
    const harness = createHarness();
    await expect(actOnOrder(harness.deps, orderId, harness.cause, () => [])).rejects.toBeInstanceOf(
      UnknownOrder,
    );
  });
});
