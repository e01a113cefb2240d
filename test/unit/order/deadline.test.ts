import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { dayMs, hourMs, type Instant, later, minuteMs } from '../../../shared/kernel/time.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { headOf } from '../../../shared/order/index.ts';
import type { Decided } from '../../../shared/timeline/index.ts';
import {
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
  labelUsed,
  labelVoided,
  otherParcelId,
  parcelId,
  placed,
  refundFailed,
  refundPaid,
  refundRequested,
  released,
  reservedUntil,
  scanned,
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
  voided,
} from '../../builders/facts.ts';
import { idOf } from '../../builders/ids.ts';
import { placedAt, timelineOf } from '../../builders/timeline.ts';
import { forTwoParcels } from '../../builders/two-parcels.ts';

/** The deadlines without the promises, each as its key and its step. */
function waiting(facts: readonly Decided[]): string[] {
  return deadlinesOf(timelineOf(facts).facts)
    .filter(({ reportedBy }) => reportedBy === 'order.overdue')
    .map(({ key, step = 'nobody' }) => `${key} ${step}`);
}

const delivered = (of: string): NewFact => ({
  name: 'parcel.delivered',
  data: { parcelId: of, deliveredAt: '2026-11-25T10:00:00.000Z' },
});
const stopped = (of: string): NewFact => ({
  name: 'dispatch.cancelled',
  data: { dispatchId: idOf('dispatch', 1), parcelId: of },
});
const refusedByCustoms = (of: string): NewFact => ({
  name: 'declaration.refused',
  data: { declarationId: idOf('declaration', 1), parcelId: of, authorityCode: 'X', reasons: [] },
});
const queried = (of: string): NewFact => ({
  name: 'declaration.queried',
  data: { declarationId: idOf('declaration', 1), parcelId: of, authorityCode: 'X', reason: 'inspection' },
});
const invalidated = (of: string): NewFact => ({
  name: 'declaration.invalidated',
  data: { declarationId: idOf('declaration', 1), parcelId: of },
});
const closedAsStopped = (of: string): NewFact => ({
  name: 'parcel.closed',
  data: { parcelId: of, outcome: 'stopped', refund: 'none' },
});
const tooLate: NewFact = { name: 'order.cancellation_refused', data: { reason: 'already-left' } };
const part = { amount: 1000, currency: 'EUR' } as const;
const rest = { amount: 2927, currency: 'EUR' } as const;
const secondRest = { refundId: idOf('refund', 2), amount: rest };

const paidBack = [refundRequested(), refundPaid()];

const one = `parcel:${parcelId}`;
const other = `parcel:${otherParcelId}`;

describe('an order of one parcel waits for one step at a time', () => {
  test.each([
    ['payment payment', untilStarted()],
    ['screening screening', untilAuthorised()],
    ['capture capture', untilReleased()],
    [`${one} booking`, untilPaid()],
    [`${one} clearance`, untilBooked()],
    [`${one} dispatch`, untilCleared()],
    [`${one} dispatch`, untilFulfilling()],
    [`${one} delivery`, untilDispatched()],
  ] as const)('%s', (expected, facts) => {
    expect(waiting(facts)).toEqual([expected]);
  });
});

describe('an order can have several deadlines at once', () => {
  test.each([
    ['a refund of an order that goes on', [...untilBooked(), refundRequested({ amount: part })]],
    ['a refund of a parcel on its way', [...untilDispatched(), refundRequested({ amount: part })]],
  ])('%s', (_, facts) => {
    expect(waiting(facts)).toContain('money refund');
    expect(waiting(facts).filter((key) => key.startsWith(one))).toHaveLength(1);
  });

  test('a cancellation that the warehouse has to answer has a deadline while a refund is pending', () => {
    const facts = [...untilFulfilling(), refundRequested({ amount: part }), cancellationRequested()];
    expect(waiting(facts)).toEqual(['cancellation cancellation', 'money refund', `${one} dispatch`]);
  });

  test('each parcel has a deadline that depends on its own progress', () => {
    const ahead = [
      ...untilPaid(),
      booked(),
      filed(),
      booked({ parcelId: otherParcelId, trackingNumber: 'TRACK2' }),
    ];
    expect(waiting(forTwoParcels(ahead))).toEqual([`${one} clearance`, `${other} clearance`]);
    const further: NewFact[] = [...ahead, cleared({ parcelId: otherParcelId, basis: 'no-customs-border' })];
    expect(waiting(forTwoParcels(further))).toEqual([`${one} clearance`, `${other} dispatch`]);
    const left = [
      ...further,
      dispatchRequested({ parcelId: otherParcelId }),
      dispatched({ parcelId: otherParcelId }),
    ];
    expect(waiting(forTwoParcels(left))).toEqual([`${one} clearance`, `${other} delivery`]);
    expect(waiting(forTwoParcels([...left, delivered(otherParcelId)]))).toEqual([`${one} clearance`]);
  });

  test('the order is due at the earliest of its deadlines', () => {
    const facts = timelineOf(
      forTwoParcels([...untilDispatched(), booked({ parcelId: otherParcelId, trackingNumber: 'TRACK2' })]),
    ).facts;
    const last = facts.at(-1)?.recordedAt ?? '';
    expect(headOf(facts).dueAt).toBe(later(last, 15 * minuteMs));
  });
});

describe('a held order waits for a person, and for the partner that has a parcel', () => {
  test.each([
    ['held by rules', [...untilAuthorised(), screeningHeld()], []],
    ['with customs', [...untilBooked(), filed(), held('customs-inspection', parcelId)], [`${one} clearance`]],
    ['held by a person, with customs', [...untilBooked(), filed(), screeningHeld()], [`${one} clearance`]],
    ['at the warehouse', [...untilFulfilling(), screeningHeld()], [`${one} dispatch`]],
    ['with the carrier', [...untilDispatched(), held('parcel-exception', parcelId)], [`${one} delivery`]],
    ['held before it was declared', [...untilBooked(), screeningHeld()], []],
    ['refused by its carrier', [...untilPaid(), held('booking-refused', parcelId)], []],
    [
      'refused by customs',
      [...untilBooked(), filed(), refusedByCustoms(parcelId), held('customs-refused', parcelId)],
      [],
    ],
    [
      'stopped by the warehouse',
      [...untilFulfilling(), stopped(parcelId), held('warehouse-cancelled', parcelId)],
      [],
    ],
  ] as const)('%s', (_, facts, partners) => {
    expect(waiting(facts)).toEqual(['person nobody', ...partners]);
  });

  test('a parcel that the carrier refused does not stop the other parcel', () => {
    const facts = forTwoParcels([
      ...untilPaid(),
      held('booking-refused', parcelId),
      booked({ parcelId: otherParcelId }),
      cleared({ parcelId: otherParcelId }),
    ]);
    expect(waiting(facts)).toEqual(['person nobody', `${other} dispatch`]);
  });

  test.each([
    ['booking', [...untilPaid(), held('booking-refused', parcelId), released('operator')]],
    [
      'clearance',
      [
        ...untilBooked(),
        filed(),
        refusedByCustoms(parcelId),
        held('customs-refused', parcelId),
        released('operator'),
      ],
    ],
    [
      'dispatch',
      [...untilFulfilling(), stopped(parcelId), held('warehouse-cancelled', parcelId), released('operator')],
    ],
  ] as const)(
    'after its release it waits for %s, and that deadline counts from the release',
    (step, facts) => {
      const { facts: recorded } = timelineOf(facts);
      expect(waiting(facts)).toContain(`${one} ${step}`);
      const own = deadlinesOf(recorded).find(({ key }) => key === one);
      expect(own?.since).toBe(recorded.length);
    },
  );
});

describe('an order that can’t go on by itself', () => {
  test.each([
    ['its authorisation lapsed and it was released', [...untilReleased(), voided()]],
    ['another amount was captured', [...untilReleased(), captured({ amount: part })]],
    ['all its money goes back', [...untilPaid(), refundRequested(), refundPaid()]],
  ] as const)('waits for a person to find out why: %s', (_, facts) => {
    expect(waiting(facts)).toEqual(['person nobody']);
  });
});

describe('the effects of a stopped order that nobody has undone', () => {
  test('a label and a declaration have a deadline until they are voided and withdrawn', () => {
    const facts = [...untilBooked(), filed(), cancelled(), ...paidBack];
    expect(waiting(facts)).toEqual([`void:${parcelId} voiding`, `withdrawal:${parcelId} withdrawal`]);
    expect(waiting([...facts, labelVoided(parcelId)])).toEqual([`withdrawal:${parcelId} withdrawal`]);
    expect(waiting([...facts, labelVoided(parcelId), invalidated(parcelId)])).toEqual([]);
    expect(headOf(timelineOf([...facts, labelVoided(parcelId)]).facts).list).toBe('open');
    expect(headOf(timelineOf([...facts, labelVoided(parcelId), invalidated(parcelId)]).facts).list).toBe(
      'closed',
    );
  });

  test('the deadline of an effect that was recorded after the end counts from the fact of that effect', () => {
    const { facts } = timelineOf([...untilPaid(), cancelled(), ...paidBack, booked(), filed()]);
    expect(deadlinesOf(facts)).toMatchObject([
      { key: `void:${parcelId}`, since: facts.length - 1 },
      { key: `withdrawal:${parcelId}`, since: facts.length },
    ]);
  });

  test.each([
    ['a person knows that the label was used', [labelUsed()], 'void'],
    ['a person knows that customs released it', [held('declaration-released', parcelId)], 'withdrawal'],
  ])('there is no deadline if %s', (_, raised, key) => {
    const facts = [...untilCleared(), cancelled(), ...paidBack, ...raised];
    expect(waiting(facts).filter((each) => each.startsWith(key))).toEqual([]);
    expect(waiting(facts)).toHaveLength(1);
  });

  test('there is no deadline for a declaration that customs refused, or for goods that left', () => {
    const refused = [...untilBooked(), filed(), refusedByCustoms(parcelId), cancelled(), ...paidBack];
    expect(waiting(refused)).toEqual([`void:${parcelId} voiding`]);
    expect(waiting([...refused, labelUsed('shp_other')])).toEqual([`void:${parcelId} voiding`]);
    const total = forTwoParcels(untilPaid()).find(({ name }) => name === 'payment.captured');
    const amount = total?.name === 'payment.captured' ? total.data.amount : part;
    const left = forTwoParcels([...untilFulfilling(), dispatched(), cancelled()]);
    const money = [refundRequested({ amount }), refundPaid({ amount })];
    expect(waiting([...left, ...money])).toEqual([`void:${otherParcelId} voiding`]);
    expect(waiting([...left, ...money, labelVoided(otherParcelId)])).toEqual([]);
  });
});

describe('an effect that no fact names may exist where our steps worked on a parcel', () => {
  const unbooked = [...untilPaid(), cancelled(), ...paidBack];
  const unfiled = [...untilBooked(), cancelled(), ...paidBack, labelVoided()];

  test.each([
    ['the carrier is asked for a label', unbooked, 'void'],
    ['the broker is asked for a declaration', unfiled, 'withdrawal'],
  ])('%s after the stop, until it has answered', (_, facts, key) => {
    expect(waiting(facts).map((each) => each.split(':')[0])).toEqual([key]);
    expect(waiting([...facts, labelVoided(), undeclared()])).toEqual([]);
  });

  test('the broker is asked for the next declaration after a release', () => {
    const refused = [...untilBooked(), filed(), refusedByCustoms(parcelId)];
    const after = [...refused, released('operator'), cancelled(), ...paidBack, labelVoided()];
    expect(waiting(after)).toEqual([`withdrawal:${parcelId} withdrawal`]);
    expect(waiting([...after, held('declaration-released', parcelId)])).toEqual([]);
  });

  test('nobody is asked where nothing was released or captured', () => {
    expect(waiting([...untilAuthorised(), released(), cancelled(), voided()])).toEqual([]);
    expect(waiting([...untilAuthorised(), captured(), cancelled(), ...paidBack])).toEqual([]);
  });

  test('a stopped parcel of an order that goes on is asked for', () => {
    const facts = forTwoParcels([...untilDispatched(), closedAsStopped(otherParcelId)]);
    expect(waiting(facts)).toContain(`void:${otherParcelId} voiding`);
    expect(waiting([...facts, labelVoided(otherParcelId)])).not.toContain(`void:${otherParcelId} voiding`);
  });
});

test('a dispatch order of a parcel that left with another one waits to be cancelled', () => {
  const first = { dispatchId: idOf('dispatch', 1), parcelId };
  const second = { dispatchId: idOf('dispatch', 2), parcelId };
  const cancelledOne: NewFact = { name: 'dispatch.cancelled', data: first };
  const facts = [
    ...[...untilFulfilling(), cancelledOne, released('operator'), dispatchRequested(second)],
    dispatched(first),
  ];
  const due = (...more: NewFact[]) =>
    waiting([...facts, ...more]).filter((each) => each.startsWith('replacement'));
  expect(due()).toEqual([`replacement:${parcelId} dispatch`]);
  expect(due(delivered(parcelId), { name: 'order.delivered', data: {} })).toHaveLength(1);
  expect(due({ name: 'dispatch.cancelled', data: second })).toEqual([]);
  expect(
    due({
      name: 'order.held',
      data: { reason: 'handed-over-after-stop', parcelId, dispatchId: second.dispatchId },
    }),
  ).toEqual([]);
  expect(waiting(untilDispatched()).filter((each) => each.startsWith('replacement'))).toEqual([]);
});

describe('an order that has ended', () => {
  test.each([
    ['expired without a started payment', [placed(), expired()]],
    ['expired with a voided intent', [...untilStarted(), voided(), expired()]],
    ['cancelled and refunded', [...untilPaid(), cancelled(), labelVoided(), refundRequested(), refundPaid()]],
    [
      'cancelled, and its refund failed, so that a person has to act',
      [...untilPaid(), cancelled(), labelVoided(), refundRequested(), refundFailed()],
    ],
    ['delivered', [...untilDispatched(), delivered(parcelId), { name: 'order.delivered', data: {} }]],
  ] as const)('%s', (_, facts) => {
    expect(deadlinesOf(timelineOf(facts).facts)).toEqual([]);
  });

  test.each([
    ['of an order that was paid', [...untilPaid(), cancelled()]],
    ['of an order that was authorised', [...untilAuthorised(), cancelled()]],
    [
      'of which a part was refunded before',
      [...untilPaid(), refundRequested({ amount: part }), refundPaid({ amount: part }), cancelled()],
    ],
    [
      'of which a refund had failed before',
      [...untilPaid(), refundRequested({ amount: part }), refundFailed(), cancelled()],
    ],
    [
      'of which a refund came back, and only the rest was refunded again',
      [
        ...[...untilPaid(), refundRequested({ amount: part }), refundPaid({ amount: part }), refundFailed()],
        ...[cancelled(), refundRequested(secondRest), refundPaid(secondRest)],
      ],
    ],
  ])('still has a deadline for its money %s', (_, facts) => {
    expect(waiting([...facts, labelVoided()])).toEqual(['money refund']);
  });

  test('has no deadline for its money after all of it was returned', () => {
    const second = { refundId: idOf('refund', 2), amount: rest };
    const facts = [
      ...untilPaid(),
      refundRequested({ amount: part }),
      refundPaid({ amount: part }),
      ...[cancelled(), labelVoided()],
    ];
    expect(waiting([...facts, refundRequested(second)])).toEqual(['money refund']);
    expect(waiting([...facts, refundRequested(second), refundPaid(second)])).toEqual([]);
  });
});

describe('a deadline of one subject', () => {
  const dueOf = (facts: readonly Decided[], key: string): Instant | undefined =>
    deadlinesOf(timelineOf(facts).facts).find((deadline) => deadline.key === key)?.dueAt;
  const atFact = (number: number, waitMs: number) => later(placedAt, (number - 1) * 1000 + waitMs);

  test('counts from the latest fact that moved the parcel, and not from a fact that only describes it', () => {
    const facts = [...untilDispatched(), scanned()];
    const due = atFact(facts.length, dayMs);
    expect(dueOf(facts, one)).toBe(due);
    const described: Decided[] = [
      ...facts,
      held('parcel-exception', parcelId),
      { name: 'parcel.promise_broken', data: { parcelId, promisedBy: reservedUntil } },
      {
        name: 'order.overdue',
        data: { waitingFor: 'the next scan', parcelId, since: reservedUntil, attempts: 5 },
      },
      refundRequested({ amount: part }),
    ];
    expect(dueOf(described, one)).toBe(due);
  });

  test('counts from the fact that let the order continue, if no fact of the parcel is newer', () => {
    const paid = forTwoParcels(untilPaid());
    expect(dueOf(paid, one)).toBe(atFact(5, 5 * minuteMs));
    expect(dueOf([...paid, screeningHeld(), released('operator')], one)).toBe(atFact(7, 5 * minuteMs));
    const stoppedInVain: NewFact[] = [...paid, cancellationRequested(), tooLate];
    expect(dueOf(stoppedInVain, one)).toBe(atFact(7, 5 * minuteMs));
  });

  test('is a day if a person has to look at the answer of the partner, until the next answer', () => {
    const inspected = [...untilBooked(), filed(), queried(parcelId), held('customs-inspection', parcelId)];
    expect(dueOf(inspected, one)).toBe(atFact(inspected.length - 1, dayMs));
    const freed = [...inspected, released('operator')];
    expect(dueOf(freed, one)).toBe(atFact(freed.length, 15 * minuteMs));
    const short = [...untilFulfilling(), held('stock-short', parcelId)];
    expect(dueOf(short, one)).toBe(atFact(short.length - 1, dayMs));
    const packed: Decided[] = [...short, { name: 'parcel.packed', data: { parcelId, weightGrams: 400 } }];
    expect(dueOf(packed, one)).toBe(atFact(packed.length, 4 * hourMs));
    // A person has to look at the other parcel only.
    const another = forTwoParcels([...untilBooked(), filed(), held('booking-refused', otherParcelId)]);
    expect(dueOf(another, one)).toBe(atFact(another.length - 1, 15 * minuteMs));
  });

  test('of one parcel does not move when another parcel moves on', () => {
    const facts = forTwoParcels([...untilPaid(), booked(), filed()]);
    const more = [
      booked({ parcelId: otherParcelId, trackingNumber: 'TRACK2' }),
      cleared({ parcelId: otherParcelId }),
      dispatchRequested({ parcelId: otherParcelId }),
      dispatched({ parcelId: otherParcelId }),
      scanned({ parcelId: otherParcelId, trackingNumber: 'TRACK2' }),
    ];
    for (const [index] of more.entries())
      expect(dueOf([...facts, ...more.slice(0, index + 1)], one)).toBe(atFact(7, 15 * minuteMs));
  });

  test('of a payment is the time that the method gives, and the payment is checked before', () => {
    const [payment] = deadlinesOf(timelineOf(untilStarted()).facts);
    expect(payment).toMatchObject({ dueAt: atFact(2, 2 * minuteMs), overdueFrom: reservedUntil });
  });

  test('of a refund counts from the oldest open request, and again from each settled request', () => {
    const second = { refundId: idOf('refund', 2), amount: part };
    const asked = [...untilDispatched(), refundRequested({ amount: part }), refundRequested(second)];
    expect(dueOf(asked, 'money')).toBe(atFact(asked.length - 1, 5 * minuteMs));
    const settled = [...asked, refundPaid({ amount: part })];
    expect(dueOf(settled, 'money')).toBe(atFact(settled.length, 5 * minuteMs));
  });

  test('of a stop counts from the request to stop, whatever the warehouse reports about one parcel', () => {
    const both = forTwoParcels([
      ...untilFulfilling(),
      booked({ parcelId: otherParcelId }),
      cleared({ parcelId: otherParcelId }),
      dispatchRequested({ parcelId: otherParcelId, dispatchId: idOf('dispatch', 2) }),
      cancellationRequested(),
    ]);
    expect(dueOf([...both, stopped(parcelId)], 'cancellation')).toBe(atFact(both.length, 5 * minuteMs));
  });

  test('of a promise is the promised time, with the step that asks where the parcel is', () => {
    const promiseOf = (facts: readonly Decided[]) =>
      deadlinesOf(timelineOf(facts).facts).find(({ key }) => key === `promise:${parcelId}`);
    const promised = '2026-12-05T10:00:00.000Z';
    expect(promiseOf(untilDispatched())).toMatchObject({ dueAt: promised, step: 'delivery' });
    expect(promiseOf(untilFulfilling())).toMatchObject({ step: 'dispatch' });
    expect(promiseOf([...untilPaid(), held('booking-refused', parcelId)])).toMatchObject({ step: undefined });
    expect(promiseOf(untilStarted())).toBeUndefined();
  });
});
