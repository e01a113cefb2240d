import type { Fact } from '../../events/all-events.ts';
import { invariant } from '../kernel/invariant.ts';
import { dayMs, type Instant, later, minuteMs } from '../kernel/time.ts';
import { blockerOf, orderStateOf } from '../timeline/index.ts';
import type { Order } from './order.ts';
import { type Deadline, deadlineSince, isMove, lastOf, type Wait } from './wait.ts';

const PAYMENT: Wait = { waitMs: 2 * minuteMs, step: 'payment', waitingFor: 'the payment' };
const SCREENING: Wait = { waitMs: 2 * minuteMs, step: 'screening', waitingFor: 'the screening' };
const CAPTURE: Wait = { waitMs: 2 * minuteMs, step: 'capture', waitingFor: 'the capture' };
const STOP: Wait = { waitMs: 5 * minuteMs, step: 'cancellation', waitingFor: "the warehouse's answer" };
const PERSON: Wait = { waitMs: dayMs, step: undefined, waitingFor: 'a person' };

/** What an order waits for as a whole. An order that has ended waits for nothing of that. */
export function orderDeadlines(order: Order, facts: readonly Fact[]): Deadline[] {
  const { ended, isStopping, screening, isAuthorised } = orderStateOf(facts);
  if (ended !== undefined) return [];
  const isSettled = lastOf(facts, 'payment.captured', 'payment.voided') !== undefined;
  const isGone = lastOf(facts, 'payment.voided') !== undefined;
  return [
    ...(isAuthorised || isSettled ? [] : paymentDeadline(facts)),
    ...(isAuthorised && screening === 'waiting' && !isGone
      ? since(lastOf(facts, 'payment.authorised'), SCREENING, 'screening')
      : []),
    ...(isAuthorised && !isSettled && blockerOf(facts) === 'unpaid'
      ? since(lastOf(facts, 'payment.authorised', 'screening.released'), CAPTURE, 'capture')
      : []),
    ...(isStopping ? since(lastOf(facts, 'order.cancellation_requested'), STOP, 'cancellation') : []),
    ...(order.status === 'held'
      ? since(lastOf(facts, 'order.held', 'screening.held', 'payment.disputed'), PERSON, 'person')
      : []),
  ];
}

/** The deadline of an order that no step can move. A person has to find the reason. */
export function strandedDeadline(facts: readonly Fact[]): Deadline[] {
  return since(facts.findLast(isMove), PERSON, 'person');
}

const since = (fact: Fact | undefined, wait: Wait, key: string): Deadline[] =>
  fact === undefined ? [] : [deadlineSince(fact, wait, { key })];

/** The payment is checked in between, and it is late only after the shopper's time is over. */
function paymentDeadline(facts: readonly Fact[]): Deadline[] {
  const asked = since(lastOf(facts, 'order.placed', 'payment.started', 'payment.failed'), PAYMENT, 'payment');
  const { reservedUntil, payableUntil = reservedUntil } = reservationOf(facts);
  return [
    ...asked.map((deadline) => ({ ...deadline, overdueFrom: payableUntil })),
    ...(payableUntil === reservedUntil ? [] : firstReservation(facts, reservedUntil, payableUntil)),
  ];
}

/** A look at the payment when the first reservation ends. The other deadline reports a payment that stays late. */
function firstReservation(facts: readonly Fact[], dueAt: Instant, payableUntil: Instant): Deadline[] {
  const overdueFrom = later(payableUntil, dayMs);
  return since(lastOf(facts, 'order.placed'), PAYMENT, 'reservation').map((deadline) => ({
    ...deadline,
    dueAt,
    overdueFrom,
  }));
}

function reservationOf([placed]: readonly Fact[]) {
  invariant(placed?.name === 'order.placed', 'a timeline begins with order.placed');
  return placed.data;
}
