import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { decideCancellation } from '../../../shared/order/cancel-order.ts';
import { headOf, orderOf } from '../../../shared/order/index.ts';
import {
  booked,
  cancellationRequested,
  cancelled,
  captured,
  cleared,
  dispatched,
  dispatchRequested,
  expired,
  held,
  otherParcelId,
  placed,
  released,
  screeningHeld,
  untilAuthorised,
  untilBooked,
  untilCleared,
  untilDispatched,
  untilFulfilling,
  untilPaid,
  untilReleased,
  untilStarted,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

const statusOf = (...facts: NewFact[]) => orderOf(timelineOf(facts).facts).status;
const attentionOf = (...facts: NewFact[]) =>
  orderOf(timelineOf(facts).facts).attention.map(({ reason }) => reason);

const overdue: NewFact = {
  name: 'order.overdue',
  data: { waitingFor: 'the label', since: '2026-11-23T10:00:00.000Z', attempts: 5 },
};
const refused: NewFact = { name: 'order.cancellation_refused', data: { reason: 'already-left' } };

test.each([
  ['placed', untilStarted()],
  ['authorised', untilAuthorised()],
  ['held', [...untilAuthorised(), screeningHeld()]],
  ['released', untilReleased()],
  ['paid', untilPaid()],
  ['booked', untilBooked()],
  ['cleared', untilCleared()],
  ['fulfilling', untilFulfilling()],
  ['cancelling', [...untilFulfilling(), cancellationRequested()]],
  ['dispatched', untilDispatched()],
  ['cancelled', [...untilPaid(), cancelled()]],
  ['expired', [placed(), expired()]],
])('%s', (status, facts) => {
  expect(statusOf(...facts)).toBe(status);
});

test('what blocks an order is said instead of that it is late, until the partner did its part', () => {
  const blocked: NewFact = {
    name: 'order.overdue',
    data: { waitingFor: 'the label', since: '2026-11-23T10:00:00.000Z', attempts: 1, reason: 'no settings' },
  };
  expect(attentionOf(...untilPaid(), overdue, blocked)).toEqual(['blocked: no settings']);
  expect(attentionOf(...untilPaid(), blocked, overdue)).toEqual(['blocked: no settings']);
  expect(attentionOf(...untilPaid(), blocked, booked())).toEqual([]);
});

describe('with two parcels', () => {
  const two = forTwoParcels(untilBooked());
  const other = booked({ parcelId: otherParcelId });

  test('the order is where the slower one is', () => {
    expect(statusOf(...two)).toBe('paid');
    expect(statusOf(...two, other)).toBe('booked');
    expect(statusOf(...two, cleared(), other)).toBe('booked');
  });

  test('it can be stopped while the slower one is not at the warehouse yet, and goes on where it was', () => {
    const atWork = [...two, other, cleared(), dispatchRequested(), cancellationRequested()];
    expect(statusOf(...atWork)).toBe('cancelling');
    expect(statusOf(...atWork, refused)).toBe('booked');
    expect(statusOf(...atWork, cancelled())).toBe('cancelled');
  });

  test('what a parcel does while the order is being stopped does not hide that', () => {
    const atWork = [...two, other, cleared(), dispatchRequested(), cancellationRequested()];
    expect(statusOf(...atWork, cleared({ parcelId: otherParcelId }))).toBe('cancelling');
    expect(statusOf(...atWork, dispatched())).toBe('cancelling');
  });
});

describe('holds', () => {
  test('a hold for a parcel ends when the parcel goes on', () => {
    expect(statusOf(...untilBooked(), held('customs-inspection'))).toBe('held');
    expect(statusOf(...untilBooked(), held('customs-inspection'), cleared())).toBe('cleared');
    expect(attentionOf(...untilBooked(), held('customs-inspection'), cleared())).toEqual([]);
  });

  test('a hold by a person stays, whatever the parcel does', () => {
    const facts = [...untilPaid(), screeningHeld(), booked()];
    expect(statusOf(...facts)).toBe('held');
    expect(attentionOf(...facts)).toEqual(['screening']);
    expect(statusOf(...facts, released('operator'))).toBe('booked');
  });

  test('being late does not hide the reason', () => {
    expect(attentionOf(...untilBooked(), held('customs-inspection'), overdue)).toEqual([
      'customs-inspection',
      'late: the label',
    ]);
    expect(attentionOf(...untilPaid(), overdue)).toEqual(['late: the label']);
  });

  test('a wish to stop is not hidden by one', () => {
    expect(statusOf(...untilFulfilling(), cancellationRequested(), held('stock-short'))).toBe('cancelling');
  });
});

test('a method that captures at once is paid when it is released', () => {
  expect(statusOf(...untilAuthorised(), captured())).toBe('authorised');
  expect(statusOf(...untilAuthorised(), captured(), released())).toBe('paid');
});

describe('what would be a bug throws', () => {
  test.each([
    ['expiry after the hold', [...untilAuthorised(), expired()]],
    ['a second end', [...untilPaid(), cancelled(), expired()]],
    ['cancelling what has left', [...untilDispatched(), cancelled()]],
    ['holding what has ended', [...untilPaid(), cancelled(), screeningHeld()]],
    ['a parcel of another order', [...untilPaid(), booked({ parcelId: idOf('parcel', 9) })]],
    ['a first fact other than placed', untilPaid().slice(1)],
  ])('%s', (_, facts) => {
    expect(() => statusOf(...facts)).toThrow();
  });
});

describe('lists', () => {
  test.each([
    ['open', untilPaid()],
    ['attention', [...untilPaid(), held('booking-refused')]],
    ['open', [...untilPaid(), cancelled()]],
    ['closed', [placed(), expired()]],
    ['open', untilDispatched()],
  ])('%s', (list, facts) => {
    expect(headOf(timelineOf(facts).facts).list).toBe(list);
  });
});

describe('a wish to stop', () => {
  test.each([
    ['cancelled', 'order.cancelled', untilPaid()],
    ['cancelled', 'order.cancelled', [placed()]],
    ['asked-the-warehouse', 'order.cancellation_requested', untilFulfilling()],
    ['asked-the-warehouse', undefined, [...untilFulfilling(), cancellationRequested()]],
    ['already-stopped', undefined, [...untilPaid(), cancelled()]],
    ['too-late', undefined, untilDispatched()],
  ] as const)('%s', (outcome, name, facts) => {
    const decision = decideCancellation(timelineOf(facts));
    expect([decision.outcome, decision.facts[0]?.name]).toEqual([outcome, name]);
  });

  test('leads to facts that the order can take, whatever its parcels do', () => {
    const two = [...forTwoParcels(untilBooked()), cleared(), dispatchRequested()];
    const decision = decideCancellation(timelineOf(two));
    expect(statusOf(...two, ...decision.facts)).toBe('cancelling');
  });
});
