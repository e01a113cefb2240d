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
  parcelId,
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

test('a blocked order shows its blocker instead of being late, until the partner has acted', () => {
  const blocked: NewFact = {
    name: 'order.overdue',
    data: { waitingFor: 'the label', since: '2026-11-23T10:00:00.000Z', attempts: 1, reason: 'no settings' },
  };
  expect(attentionOf(...untilPaid(), overdue, blocked)).toEqual(['blocked: no settings']);
  expect(attentionOf(...untilPaid(), blocked, overdue)).toEqual(['blocked: no settings']);
  expect(attentionOf(...untilPaid(), blocked, booked())).toEqual([]);
});

describe('an order with two parcels', () => {
  const two = forTwoParcels(untilBooked());
  const other = booked({ parcelId: otherParcelId });

  test('is in the state of the slower parcel', () => {
    expect(statusOf(...two)).toBe('paid');
    expect(statusOf(...two, other)).toBe('booked');
    expect(statusOf(...two, cleared(), other)).toBe('booked');
  });

  test('can be stopped while the slower parcel is not at the warehouse, and then continues as before', () => {
    const atWork = [...two, other, cleared(), dispatchRequested(), cancellationRequested()];
    expect(statusOf(...atWork)).toBe('cancelling');
    expect(statusOf(...atWork, refused)).toBe('booked');
    expect(statusOf(...atWork, cancelled())).toBe('cancelled');
  });

  test('stays in the stopping state, whatever its parcels do meanwhile', () => {
    const atWork = [...two, other, cleared(), dispatchRequested(), cancellationRequested()];
    expect(statusOf(...atWork, cleared({ parcelId: otherParcelId }))).toBe('cancelling');
    expect(statusOf(...atWork, dispatched())).toBe('cancelling');
  });
});

test('a late report never moves a parcel back to an earlier step', () => {
  expect(orderOf(timelineOf([...untilDispatched(), cleared()]).facts)).toMatchObject({
    ...{ status: 'dispatched', parcels: { [parcelId]: 'dispatched' } },
  });
});

describe('holds', () => {
  test('for a parcel end when the parcel moves on', () => {
    expect(statusOf(...untilBooked(), held('customs-inspection'))).toBe('held');
    expect(statusOf(...untilBooked(), held('customs-inspection'), cleared())).toBe('cleared');
    expect(attentionOf(...untilBooked(), held('customs-inspection'), cleared())).toEqual([]);
  });

  test('by a person stay, whatever the parcel does', () => {
    const facts = [...untilPaid(), screeningHeld(), booked()];
    expect(statusOf(...facts)).toBe('held');
    expect(attentionOf(...facts)).toEqual(['screening']);
    expect(statusOf(...facts, released('operator'))).toBe('booked');
  });

  test('keep their reason when the order becomes late', () => {
    expect(attentionOf(...untilBooked(), held('customs-inspection'), overdue)).toEqual([
      'customs-inspection',
      'late: the label',
    ]);
    expect(attentionOf(...untilPaid(), overdue)).toEqual(['late: the label']);
  });

  test('do not hide a request to stop', () => {
    expect(statusOf(...untilFulfilling(), cancellationRequested(), held('stock-short'))).toBe('cancelling');
  });
});

test('an order whose method captures at once is paid after its release', () => {
  expect(statusOf(...untilAuthorised(), captured())).toBe('authorised');
  expect(statusOf(...untilAuthorised(), captured(), released())).toBe('paid');
});

describe('a fact that would be a bug throws', () => {
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

describe('lists of orders', () => {
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

describe('a request to stop', () => {
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

  test('leads to facts that the order can accept, whatever its parcels do', () => {
    const two = [...forTwoParcels(untilBooked()), cleared(), dispatchRequested()];
    const decision = decideCancellation(timelineOf(two));
    expect(statusOf(...two, ...decision.facts)).toBe('cancelling');
  });
});
