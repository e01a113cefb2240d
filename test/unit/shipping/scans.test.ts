import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import type { TrackingStatus } from '../../../events/parcel.ts';
import { decideOnScans } from '../../../shared/shipping/apply-scans.ts';
import type { Scan, Tracking } from '../../../shared/shipping/carrier.ts';
import { receiveScans, trackParcels } from '../../../shared/shipping/index.ts';
import { NotYet } from '../../../shared/timeline/index.ts';
import {
  booked,
  dispatched,
  parcelId,
  untilBooked,
  untilDispatched,
  untilFulfilling,
  untilPaid,
} from '../../builders/facts.ts';
import { namesOf, orderId, timelineOf } from '../../builders/timeline.ts';
import { trackingBody } from '../../fakes/carrier.ts';
import { createHarness } from '../../fakes/harness.ts';

function scan(status: TrackingStatus | undefined, hour: number, over: Partial<Scan> = {}): Scan {
  const scannedAt = `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const word = status ?? 'teleported';
  return {
    ...{ scanId: `${word}-${hour}`, status, carrierStatus: word, scannedAt },
    ...over,
  };
}

const tracking = (...scans: Scan[]): Tracking => ({
  ...{ carrierShipmentId: 'shp_1', trackingNumber: 'TRACK1', scans },
});

const decide = (facts: readonly NewFact[], ...scans: Scan[]) =>
  decideOnScans(timelineOf(facts), parcelId, tracking(...scans));

describe('scans of a parcel', () => {
  test('are counted once each', () => {
    const first = decide(untilDispatched(), scan('accepted', 8), scan('in_transit', 9));
    expect(namesOf(first.facts)).toEqual(['parcel.scanned', 'parcel.scanned']);
    const after = [...untilDispatched(), ...first.facts];
    expect(decide(after, scan('in_transit', 9), scan('accepted', 8)).facts).toEqual([]);
  });

  test('are counted once if one callback contains them twice', () => {
    expect(decide(untilDispatched(), scan('accepted', 8), scan('accepted', 8)).facts).toHaveLength(1);
  });

  test('have the time that the carrier gives', () => {
    expect(decide(untilDispatched(), scan('accepted', 8)).facts[0]?.occurredAt).toBe(
      '2026-11-24T08:00:00.000Z',
    );
  });

  test('with an unknown status are reported, and change nothing', () => {
    const decision = decide(untilDispatched(), scan(undefined, 8), scan('in_transit', 9));
    expect(namesOf(decision.facts)).toEqual(['parcel.scanned']);
    expect(decision.notices).toEqual([
      { code: 'partner-word-unrecognised', detail: { orderId, parcelId, word: 'teleported' } },
    ]);
  });
});

describe('a delivery scan', () => {
  test('ends the order if it is for the last parcel', () => {
    expect(namesOf(decide(untilDispatched(), scan('delivered', 12)).facts)).toEqual([
      'parcel.scanned',
      'parcel.delivered',
      'order.delivered',
    ]);
  });

  test('counts once, at the carrier’s first report', () => {
    const decision = decide(untilDispatched(), scan('delivered', 13), scan('delivered', 12));
    const delivered = decision.facts.filter(({ name }) => name === 'parcel.delivered');
    expect(delivered.map(({ data }) => data)).toEqual([
      { parcelId, deliveredAt: '2026-11-24T12:00:00.000Z' },
    ]);
  });

  test('waits for the warehouse’s hand-over if it comes earlier, and is not lost', () => {
    const { facts } = decide(untilFulfilling(), scan('delivered', 12));
    expect(namesOf(facts)).toEqual(['parcel.scanned']);
    const later = [...untilFulfilling(), ...facts, dispatched()];
    expect(namesOf(decide(later, scan('delivered', 12)).facts)).toEqual([
      'parcel.delivered',
      'order.delivered',
    ]);
  });

  test('is recorded for an ended order and does not reopen it', () => {
    const facts: NewFact[] = [...untilBooked(), { name: 'order.cancelled', data: { reason: 'asked-for' } }];
    expect(namesOf(decide(facts, scan('delivered', 12)).facts)).toEqual(['parcel.scanned']);
  });
});

describe('a scan that reports a problem', () => {
  test.each(['exception', 'lost', 'returning', 'returned'] as const)('%s holds the order', (status) => {
    const { facts } = decide(untilDispatched(), scan('in_transit', 8), scan(status, 9));
    expect(facts.at(-1)).toEqual({ name: 'order.held', data: { reason: `parcel-${status}`, parcelId } });
  });

  test('is ignored if it is older than the latest scan', () => {
    const known = decide(untilDispatched(), scan('out_for_delivery', 10)).facts;
    const { facts } = decide([...untilDispatched(), ...known], scan('exception', 9));
    expect(namesOf(facts)).toEqual(['parcel.scanned']);
  });

  test('needs nobody if the order was cancelled', () => {
    const facts: NewFact[] = [...untilBooked(), { name: 'order.cancelled', data: { reason: 'asked-for' } }];
    expect(namesOf(decide(facts, scan('exception', 9)).facts)).toEqual(['parcel.scanned']);
  });

  test('is settled by the delivery', () => {
    const known = decide(untilDispatched(), scan('exception', 9)).facts;
    const { facts } = decide([...untilDispatched(), ...known], scan('delivered', 12));
    expect(namesOf(facts)).toEqual(['parcel.scanned', 'parcel.delivered', 'order.delivered']);
  });
});

test('in any order, with any repeats, the same scans give the same state and one delivery', () => {
  const scans = [
    scan('accepted', 8),
    scan('in_transit', 9),
    scan('out_for_delivery', 10),
    scan('delivered', 12),
  ];
  fc.assert(
    fc.property(fc.array(fc.subarray(scans, { minLength: 1 }), { minLength: 1, maxLength: 6 }), (calls) => {
      const shuffled = [...calls, scans];
      let facts: NewFact[] = untilDispatched();
      for (const call of shuffled) facts = [...facts, ...decide(facts, ...call).facts];
      const known = namesOf(facts.slice(untilDispatched().length));
      expect(known.filter((name) => name === 'parcel.scanned')).toHaveLength(scans.length);
      expect(known.filter((name) => name === 'parcel.delivered')).toHaveLength(1);
      expect(known.filter((name) => name === 'order.delivered')).toHaveLength(1);
    }),
    { numRuns: 100 },
  );
});

describe('a callback of a carrier', () => {
  const call = {
    code: 'easypost',
    callbackId: 'evt_1',
    rawBody: trackingBody(tracking(scan('in_transit', 9))),
  };

  test('finds its parcel by the tracking number', async () => {
    const harness = createHarness(timelineOf(untilDispatched()));
    await receiveScans(harness.deps, call);
    await receiveScans(harness.deps, { ...call, callbackId: 'evt_2' });
    expect(harness.names().slice(untilDispatched().length)).toEqual(['parcel.scanned']);
    expect(harness.facts().at(-1)?.cause).toEqual({ by: 'partner', reference: 'evt_1' });
  });

  test('is delivered again if it arrives before the label is stored', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    await expect(receiveScans(harness.deps, call)).rejects.toBeInstanceOf(NotYet);
    const now = '2026-11-23T10:05:00.000Z';
    await harness.timelines.append({
      timeline: harness.timeline(),
      facts: [booked()],
      cause: harness.cause,
      now,
    });
    await receiveScans(harness.deps, call);
    expect(harness.names().slice(-2)).toEqual(['parcel.booked', 'parcel.scanned']);
  });

  test('is done where it says that a label was voided that no parcel ever had', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    const saying = (...scans: Scan[]) => ({ ...call, rawBody: trackingBody(tracking(...scans)) });
    await receiveScans(harness.deps, saying(scan('label_created', 8), scan('cancelled', 9)));
    expect(harness.names()).toEqual(namesOf(untilPaid()));
    // Somebody used the label of this one: a person has to know.
    await expect(
      receiveScans(harness.deps, saying(scan('in_transit', 8), scan('cancelled', 9))),
    ).rejects.toBeInstanceOf(NotYet);
  });
});

test('a carrier that sends no callbacks is polled for parcels that left and have not arrived', async () => {
  const harness = createHarness(timelineOf(untilDispatched()));
  harness.carrier.scan('TRACK1', scan('delivered', 12));
  await trackParcels(harness.deps, orderId, { by: 'clock' });
  await trackParcels(harness.deps, orderId, { by: 'clock' });
  expect(harness.names().slice(untilDispatched().length)).toEqual([
    'parcel.scanned',
    'parcel.delivered',
    'order.delivered',
  ]);
  expect(harness.timelines.headOf(orderId)).toMatchObject({ status: 'delivered', list: 'closed' });
});
