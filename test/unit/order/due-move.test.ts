import { describe, expect, test } from 'vitest';
import type { Fact, NewFact } from '../../../events/all-events.ts';
import { dayMs, hourMs, type Instant, later, minuteMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf, earliestOf } from '../../../shared/order/deadline.ts';
import { dueMoveOf } from '../../../shared/order/due-move.ts';
import {
  authorised,
  booked,
  cancellationRequested,
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
  started,
  untilBooked,
  untilDispatched,
  untilFulfilling,
  untilPaid,
} from '../../builders/facts.ts';
import { placedAt, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

/** The facts, the last ones recorded at that time. */
function at(before: readonly NewFact[], added: readonly NewFact[], now: Instant) {
  const { facts } = timelineOf([...before, ...added]);
  const then = facts.slice(0, before.length);
  return {
    before: then,
    added: facts.slice(before.length).map((fact): Fact => ({ ...fact, recordedAt: now })),
  };
}

function move(before: readonly NewFact[], added: readonly NewFact[], afterMs: number) {
  const last = later(placedAt, before.length * 1000);
  const facts = at(before, added, later(last, afterMs));
  return dueMoveOf(facts.before, facts.added);
}

describe('the entry of an order in the due index', () => {
  test('stays through a journey in which nothing is late', () => {
    const course: NewFact[] = [
      ...[placed(), started(), authorised(), released(), captured(), booked(), filed(), cleared()],
      ...[dispatchRequested(), dispatched(), scanned()],
    ];
    const moves = course.map((fact, index) =>
      index === 0 ? 'leave' : move(course.slice(0, index), [fact], 20_000),
    );
    expect(new Set(moves)).toEqual(new Set(['leave']));
  });

  test('is removed when nothing is waited for, and is set when the order is owed something again', () => {
    expect(move([placed()], [expired()], minuteMs)).toBe('remove');
    const now = later(later(placedAt, 2_000), minuteMs);
    expect(move([placed(), expired()], [started()], minuteMs)).toEqual({ to: later(now, 5 * minuteMs) });
  });

  test.each([
    ['a release of a hold', [...untilPaid(), held('booking-refused', parcelId)], released('operator'), 5],
    ['a stop while the warehouse works', untilFulfilling(), cancellationRequested(), 5],
  ] as const)('is moved at once by %s', (_, before, fact, minutes) => {
    const facts = at(before, [fact], later(placedAt, 20 * minuteMs));
    expect(dueMoveOf(facts.before, facts.added)).toEqual({
      to: later(placedAt, (20 + minutes) * minuteMs),
    });
  });

  test('is moved where work goes on that was late for long: the sweeper looks only once an hour', () => {
    const now = later(placedAt, 6 * hourMs);
    const facts = at([...untilBooked(), filed()], [cleared()], now);
    expect(dueMoveOf(facts.before, facts.added)).toEqual({ to: later(now, 5 * minuteMs) });
  });

  test('stays while another parcel is late and this one moves further away', () => {
    const before = forTwoParcels([
      ...[...untilBooked(), filed(), booked({ parcelId: otherParcelId, trackingNumber: 'TRACK2' })],
      cleared({ parcelId: otherParcelId, basis: 'no-customs-border' }),
      ...[dispatchRequested({ parcelId: otherParcelId }), dispatched({ parcelId: otherParcelId })],
    ]);
    const facts = at(before, [scanned({ parcelId: otherParcelId })], later(placedAt, 5 * hourMs));
    expect(dueMoveOf(facts.before, facts.added)).toBe('leave');
  });

  test('is the present where another parcel is late, so that the sweeper computes it', () => {
    const before = forTwoParcels([
      ...[...untilBooked(), filed(), booked({ parcelId: otherParcelId, trackingNumber: 'TRACK2' })],
    ]);
    const now = later(placedAt, 5 * hourMs);
    const facts = at(before, [cleared({ parcelId: otherParcelId, basis: 'no-customs-border' })], now);
    expect(dueMoveOf(facts.before, facts.added)).toEqual({ to: now });
  });

  test('is never later than ten minutes after what the facts made due', () => {
    for (const afterMs of [0, minuteMs, 9 * minuteMs, hourMs, dayMs]) {
      const now = later(later(placedAt, 12_000), afterMs);
      const facts = at(untilDispatched().slice(0, -1), [cancellationRequested()], now);
      const dueIn = (all: readonly Fact[]) => [earliestOf(deadlinesOf(all)) ?? now, now].toSorted()[1] ?? now;
      const moved = dueMoveOf(facts.before, facts.added);
      const looks = typeof moved === 'object' ? moved.to : dueIn(facts.before);
      expect(looks <= later(dueIn([...facts.before, ...facts.added]), 10 * minuteMs)).toBe(true);
    }
  });
});
