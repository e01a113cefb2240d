import { describe, expect, test } from 'vitest';
import type { WorkStep } from '../../../events/work.ts';
import { clearParcels, withdrawDeclarations } from '../../../shared/customs/index.ts';
import { money } from '../../../shared/kernel/money.ts';
import { dayMs, hourMs, minuteMs } from '../../../shared/kernel/time.ts';
import { orderOf, sweepDueOrders } from '../../../shared/order/index.ts';
import { PartnerUnavailable } from '../../../shared/partners/send.ts';
import { requestRefund, returnMoney } from '../../../shared/payment/index.ts';
import { bookParcels, trackParcels, voidLabels } from '../../../shared/shipping/index.ts';
import { requestDispatch, stopDispatch } from '../../../shared/warehouse/index.ts';
import {
  booked,
  cancelled,
  cleared,
  dispatched,
  dispatchRequested,
  filed,
  otherParcelId,
  parcelId,
  paymentId,
  refundPaid,
  refundRequested,
  reservedUntil,
  screeningHeld,
  undeclared,
  untilAuthorised,
  untilBooked,
  untilCleared,
  untilDispatched,
  untilFulfilling,
  untilPaid,
  untilReleased,
  untilStarted,
} from '../../builders/facts.ts';
import { orderId, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';
import { createHarness, type Harness } from '../../fakes/harness.ts';
import { createMemoryDueOrders } from '../../fakes/memory-due-orders.ts';

type Owners = Partial<
  Record<WorkStep, (deps: Harness['deps'], of: string, cause: Harness['cause']) => Promise<unknown>>
>;

/** The functions that own the steps of these tests. */
const owners: Owners = {
  booking: bookParcels,
  clearance: clearParcels,
  dispatch: requestDispatch,
  cancellation: stopDispatch,
  delivery: trackParcels,
  refund: returnMoney,
  voiding: voidLabels,
  withdrawal: withdrawDeclarations,
};

/** The sweeper over one order. The functions do the repeated steps, unless `works` is false. */
function sweeping(harness: Harness, works = true) {
  const repeated: string[] = [];
  const overdue: string[] = [];
  let minute = 0;
  const repeat = async ({ step, attempt }: { step: WorkStep; attempt: number }) => {
    repeated.push(`${minute} ${step} ${attempt}`);
    if (!works) return;
    try {
      await owners[step]?.(harness.deps, orderId, harness.cause);
    } catch (error) {
      // Its message would be delivered again.
      if (!(error instanceof PartnerUnavailable)) throw error;
    }
  };
  const dueOrders = createMemoryDueOrders(harness.timelines);
  const deps = {
    ...{ timelines: harness.timelines, clock: harness.deps.clock, dueOrders, repeat },
    erase: async () => undefined,
    reportOverdue: ({ step, parcelId: of }: { step: string; parcelId?: string }) =>
      void overdue.push(of === undefined ? step : `${step} ${of}`),
  };
  return {
    deps,
    repeated,
    overdue,
    steps: () => new Set(repeated.map((each) => each.split(' ')[1])),
    place: () => harness.timelines.places.get(orderId),
    /** Lets the time pass, with a sweep every minute. */
    async pass(durationMs: number) {
      const end = minute + durationMs / minuteMs;
      for (; minute < end; minute += 1) {
        await sweepDueOrders(deps);
        harness.pass(minuteMs);
      }
    },
  };
}

/** The parcel over a customs border is declared, the other one is cleared. */
const oneAhead = () =>
  forTwoParcels([
    ...untilBooked(),
    booked({ parcelId: otherParcelId, carrierShipmentId: 'shp_2', trackingNumber: 'TRACK2' }),
    filed(),
    cleared({ parcelId: otherParcelId, basis: 'no-customs-border' }),
  ]);

describe('the sweeper', () => {
  test('repeats a late step after growing waits, and reports it once', async () => {
    const harness = createHarness(timelineOf(untilPaid()));
    const { pass, repeated, overdue } = sweeping(harness, false);
    await pass(2 * hourMs);
    // Minute 0 is a minute after the order. The order was paid after four seconds, so it is late from minute 5 on.
    expect(repeated).toEqual([
      '5 booking 1',
      '6 booking 2',
      '8 booking 3',
      '12 booking 4',
      '20 booking 5',
      '36 booking 6',
      '96 booking 7',
    ]);
    expect(overdue).toEqual([`booking ${parcelId}`]);
    expect(harness.facts().filter(({ name }) => name === 'order.overdue')).toMatchObject([
      { data: { waitingFor: 'the label', parcelId, attempts: 5 } },
    ]);
  });

  test('does not report a shopper as late before the time of the method is over, and then checks the payment', async () => {
    const harness = createHarness(timelineOf(untilStarted()));
    const { pass, place, repeated, overdue } = sweeping(harness, false);
    await pass(29 * minuteMs);
    expect(overdue).toEqual([]);
    expect(repeated.length).toBeGreaterThan(2);
    expect(place()).toBe(reservedUntil);
  });

  test('waits a day for a person, and repeats nothing', async () => {
    const harness = createHarness(timelineOf([...untilAuthorised(), screeningHeld()]));
    const { pass, repeated, overdue } = sweeping(harness);
    await pass(dayMs - minuteMs);
    expect(overdue).toEqual([]);
    await pass(3 * hourMs);
    expect([repeated, overdue]).toEqual([[], ['person']]);
  });
});

describe('an order of several parcels', () => {
  test('gets the lost dispatch of one parcel repeated while customs keep the other', async () => {
    const harness = createHarness(timelineOf(oneAhead()));
    harness.broker.answer('LRN1', 'accepted');
    const { pass, steps } = sweeping(harness);
    // The warehouse does not answer at first, and answers again after half an hour.
    harness.system.isDown = true;
    await expect(requestDispatch(harness.deps, orderId, harness.cause)).rejects.toThrow('no answer');
    await pass(30 * minuteMs);
    harness.system.isDown = false;
    await pass(5 * hourMs);
    expect(harness.system.orders.size).toBe(1);
    expect(steps()).toEqual(new Set(['clearance', 'dispatch']));
  });

  test('gets each parcel reported when that parcel is late', async () => {
    const harness = createHarness(timelineOf(oneAhead()));
    const { pass, overdue } = sweeping(harness, false);
    await pass(3 * hourMs);
    expect(overdue.toSorted()).toEqual([`clearance ${parcelId}`, `dispatch ${otherParcelId}`]);
    const reports = harness.facts().filter(({ name }) => name === 'order.overdue');
    expect(reports).toMatchObject([
      { data: { waitingFor: 'the dispatch order', parcelId: otherParcelId } },
      { data: { waitingFor: 'customs', parcelId } },
    ]);
  });

  test('gets one message for a step that several parcels wait for', async () => {
    const harness = createHarness(timelineOf(forTwoParcels(untilPaid())));
    const { pass, repeated, overdue } = sweeping(harness, false);
    await pass(21 * minuteMs);
    expect(repeated.map((each) => each.split(' ').slice(1).join(' '))).toEqual([
      'booking 1',
      'booking 2',
      'booking 3',
      'booking 4',
      'booking 5',
    ]);
    expect(overdue).toEqual([`booking ${parcelId}`, `booking ${otherParcelId}`]);
  });

  test('gets the step of one parcel repeated hourly, even if the step of the other is repeated more often', async () => {
    const harness = createHarness(timelineOf(oneAhead()));
    const { pass, repeated } = sweeping(harness, false);
    await pass(5 * hourMs);
    repeated.length = 0;
    await pass(5 * hourMs);
    const counts = Map.groupBy(repeated, (each) => each.split(' ')[1]);
    expect([counts.get('clearance')?.length, counts.get('dispatch')?.length]).toEqual([5, 5]);
  });
});

describe('goods that are paid when they leave', () => {
  test('are captured by the sweep a minute after the carrier has them, and not before', async () => {
    const released = untilReleased().map((fact) =>
      fact.name === 'order.placed'
        ? {
            ...fact,
            data: { ...fact.data, payment: { ...fact.data.payment, captureAt: 'dispatch' as const } },
          }
        : fact,
    );
    const ready = [...released, booked(), cleared(), dispatchRequested()];
    const { pass, repeated } = sweeping(createHarness(timelineOf([...ready, dispatched()])), false);
    await pass(3 * minuteMs);
    expect(repeated[0]).toBe('1 capture 1');
    const waiting = sweeping(createHarness(timelineOf(ready)), false);
    await waiting.pass(3 * minuteMs);
    expect(waiting.steps().has('capture')).toBe(false);
  });
});

describe('a refund that is pending for days', () => {
  test('does not hide the lost dispatch of the only parcel', async () => {
    const harness = createHarness(timelineOf(untilCleared()));
    const amount = money(3927, 'EUR');
    const asked = { orderId, paymentId, amount, method: 'card', country: 'DE', payableUntil: '' };
    await harness.provider.start('', asked);
    harness.provider.pay('captured');
    harness.provider.refundsAnswer('pending');
    const part = money(100, 'EUR');
    await requestRefund(harness.deps, orderId, { requestId: 'key', operator: 'ada', amount: part });
    await returnMoney(harness.deps, orderId, harness.cause);
    const { pass, steps } = sweeping(harness);
    await pass(hourMs);
    expect(harness.system.orders.size).toBe(1);
    expect(steps()).toEqual(new Set(['dispatch', 'refund']));
  });

  test('does not hide a cancellation that the warehouse did not answer', async () => {
    const facts = [
      ...untilFulfilling(),
      refundRequested({ amount: { amount: 100, currency: 'EUR' } }),
      { name: 'order.cancellation_requested', data: { reason: 'asked-for' } } as const,
    ];
    const { pass, steps } = sweeping(createHarness(timelineOf(facts)), false);
    await pass(10 * minuteMs);
    expect(steps()).toEqual(new Set(['cancellation', 'refund']));
  });
});

describe('the promise of a parcel', () => {
  const ahead = () => [
    ...oneAhead(),
    dispatchRequested({ parcelId: otherParcelId, warehouseId: 'pl-poznan' }),
    dispatched({ parcelId: otherParcelId }),
  ];
  const arrived = { scanId: 's1', status: 'delivered', carrierStatus: 'delivered' } as const;
  const brokenIn = (harness: Harness) =>
    harness.facts().filter((fact) => fact.name === 'parcel.promise_broken');

  test('is kept by a delivery whose callback was lost, although customs still keep the other parcel', async () => {
    const harness = createHarness(timelineOf(ahead()));
    harness.broker.answer('LRN1', 'accepted');
    harness.carrier.scan('TRACK2', { ...arrived, scannedAt: '2026-11-25T10:00:00.000Z' });
    const { pass } = sweeping(harness);
    await pass(3 * dayMs);
    expect(orderOf(harness.facts()).parcels[otherParcelId]).toBe('delivered');
    await pass(11 * dayMs);
    expect(brokenIn(harness).filter(({ data }) => data.parcelId === otherParcelId)).toEqual([]);
  });

  test('is kept by a delivery shortly before the promised time whose callback was lost', async () => {
    const harness = createHarness(timelineOf(ahead()));
    const { pass } = sweeping(harness);
    harness.broker.answer('LRN1', 'accepted');
    // Promised by 5 December, 10:00. The last scan that we know is minutes old, so that only the promise is due.
    await pass(11 * dayMs);
    harness.carrier.scan('TRACK2', {
      ...{ scanId: 's0', status: 'in_transit', carrierStatus: 'in_transit' },
      scannedAt: '2026-12-04T10:00:00.000Z',
    });
    await trackParcels(harness.deps, orderId, harness.cause);
    harness.carrier.scan('TRACK2', { ...arrived, scannedAt: '2026-12-04T23:00:00.000Z' });
    await pass(2 * dayMs);
    expect(orderOf(harness.facts()).parcels[otherParcelId]).toBe('delivered');
    expect(brokenIn(harness).map(({ data }) => data.parcelId)).toEqual([parcelId]);
  });

  test('is broken only after the carrier was asked three times, even if the sweeper had not run', async () => {
    const harness = createHarness(timelineOf(untilDispatched()));
    harness.pass(13 * dayMs);
    const { pass, repeated } = sweeping(harness, false);
    await pass(minuteMs);
    expect(brokenIn(harness)).toEqual([]);
    await pass(6 * minuteMs);
    expect(brokenIn(harness)).toEqual([]);
    await pass(minuteMs);
    expect(brokenIn(harness)).toHaveLength(1);
    expect(repeated.slice(0, 3)).toEqual(['0 delivery 1', '1 delivery 2', '3 delivery 3']);
  });
});

describe('the undo of an effect of a cancelled order', () => {
  const refunded = [refundRequested(), refundPaid()];

  test('is repeated until the carrier answers and voids the label', async () => {
    const harness = createHarness(timelineOf([...untilBooked(), cancelled(), ...refunded]));
    const { pass, place, steps } = sweeping(harness);
    harness.carrier.isDown = true;
    await pass(hourMs);
    expect(harness.names().at(-1)).toBe('order.overdue');
    harness.carrier.isDown = false;
    await pass(2 * hourMs);
    expect(harness.carrier.voided).toEqual(new Set(['shp_1']));
    expect(harness.names().at(-1)).toBe('parcel.label_voided');
    expect([steps(), place()]).toEqual([new Set(['voiding', 'withdrawal']), undefined]);
  });

  test('is repeated until the declaration is withdrawn', async () => {
    const harness = createHarness(timelineOf([...untilBooked(), filed(), cancelled(), ...refunded]));
    const { pass, place, steps } = sweeping(harness);
    await pass(10 * minuteMs);
    expect(harness.names().slice(-2).toSorted()).toEqual(['declaration.invalidated', 'parcel.label_voided']);
    expect([steps(), place()]).toEqual([new Set(['voiding', 'withdrawal']), undefined]);
  });

  test('is reported to a person if the partner refuses it, and is not repeated any more', async () => {
    const harness = createHarness(timelineOf([...untilBooked(), cancelled(), undeclared(), ...refunded]));
    harness.carrier.keep('shp_1');
    const { pass, place, repeated } = sweeping(harness);
    await pass(hourMs);
    expect(repeated).toHaveLength(1);
    expect(place()).toBeUndefined();
    expect(harness.names().at(-1)).toBe('order.held');
  });
});
