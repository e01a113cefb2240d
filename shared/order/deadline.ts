import type { Fact } from '../../events/all-events.ts';
import type { WorkStep } from '../../events/work.ts';
import { invariant } from '../kernel/invariant.ts';
import { dayMs, hourMs, type Instant, later, minuteMs } from '../kernel/time.ts';
import { nextPromise } from '../timeline/index.ts';
import { type Order, type OrderStatus, orderOf, progressOf } from './order.ts';

/** What must happen next, by when, and which step repeats it. Without a step, only a person can act. */
export interface Deadline {
  /** When the sweeper looks: the next step is late, or a parcel should have arrived by now. */
  readonly dueAt: Instant;
  /** From when it is reported as late: a shopper may take the time that the payment method allows. */
  readonly overdueFrom: Instant;
  readonly step: WorkStep | undefined;
  readonly waitingFor: string;
}

interface Wait {
  readonly waitMs: number;
  readonly step: WorkStep | undefined;
  readonly waitingFor: string;
}

/** How long each status may last after the order's latest fact. A status that is not listed is final. */
const WAITS: Readonly<Record<Exclude<OrderStatus, 'delivered' | 'closed' | 'cancelled' | 'expired'>, Wait>> =
  {
    placed: { waitMs: 2 * minuteMs, step: 'payment', waitingFor: 'the payment' },
    authorised: { waitMs: 2 * minuteMs, step: 'screening', waitingFor: 'the screening' },
    held: { waitMs: dayMs, step: undefined, waitingFor: 'a person' },
    released: { waitMs: 2 * minuteMs, step: 'capture', waitingFor: 'the capture' },
    paid: { waitMs: 5 * minuteMs, step: 'booking', waitingFor: 'the label' },
    booked: { waitMs: 15 * minuteMs, step: 'clearance', waitingFor: 'customs' },
    cleared: { waitMs: 5 * minuteMs, step: 'dispatch', waitingFor: 'the dispatch order' },
    fulfilling: { waitMs: 4 * hourMs, step: 'dispatch', waitingFor: 'the warehouse' },
    cancelling: { waitMs: 5 * minuteMs, step: 'cancellation', waitingFor: "the warehouse's answer" },
    dispatched: { waitMs: dayMs, step: 'delivery', waitingFor: 'the next scan' },
  };

const MONEY_BACK: Wait = { waitMs: 5 * minuteMs, step: 'refund', waitingFor: 'the money to go back' };

/** Facts that describe the order without moving it on: it stays as late as it was. */
const REMARKS: ReadonlySet<Fact['name']> = new Set([
  'order.overdue',
  'order.attention_cleared',
  'parcel.promise_broken',
  'freight.invoiced',
  'freight.dispute_settled',
]);

/** The latest fact that moved the order on. */
export function latestMove(facts: readonly Fact[]): Fact {
  const latest = facts.findLast(({ name }) => !REMARKS.has(name));
  invariant(latest !== undefined, 'an order has at least one fact');
  return latest;
}

/** The deadline of an order, undefined when it is at its end and no money is left to return. */
export function deadlineOf(facts: readonly Fact[]): Deadline | undefined {
  const order = orderOf(facts);
  const wait = waitOf(order, facts);
  if (wait === undefined) return undefined;
  const lateAt = later(latestMove(facts).recordedAt, wait.waitMs);
  const overdueFrom = order.status === 'placed' ? reservedUntil(facts) : lateAt;
  const promisedBy = nextPromise(facts);
  const dueAt = promisedBy !== undefined && promisedBy < lateAt ? promisedBy : lateAt;
  return { dueAt, overdueFrom, step: wait.step, waitingFor: wait.waitingFor };
}

function reservedUntil([placed]: readonly Fact[]): Instant {
  invariant(placed?.name === 'order.placed', 'a timeline begins with order.placed');
  return placed.data.reservedUntil;
}

function waitOf(order: Order, facts: readonly Fact[]): Wait | undefined {
  if (owesMoneyBack(order, facts)) return MONEY_BACK;
  const { status } = order;
  if (status === 'delivered' || status === 'closed' || status === 'cancelled' || status === 'expired')
    return undefined;
  // While the order waits for a person, the partner that has the parcel continues, and its call may have been lost.
  if (status === 'held' && order.paid && order.screened)
    return { ...WAITS.held, step: WAITS[progressOf(order)].step };
  return WAITS[status];
}

/**
 * A stopped order whose authorisation was not voided or whose money was not refunded, or any order with an open refund
 * request. A refund that failed after the stop is left to a person. One that failed before the stop does not affect the
 * refund that the stop requires.
 */
function owesMoneyBack(order: Order, facts: readonly Fact[]): boolean {
  let held = false;
  let captured = 0;
  let hasFailed = false;
  const asked = new Set<string>();
  const paid = new Map<string, number>();
  for (const fact of facts) {
    if (fact.name === 'payment.started') held = true;
    if (fact.name === 'payment.voided') held = false;
    if (fact.name === 'payment.captured') captured += fact.data.amount.amount;
    if (fact.name === 'order.cancelled' || fact.name === 'order.expired') hasFailed = false;
    if (fact.name === 'refund.requested') asked.add(fact.data.refundId);
    if (fact.name === 'refund.paid') {
      asked.delete(fact.data.refundId);
      paid.set(fact.data.refundId, fact.data.amount.amount);
    }
    // A refund can fail after it was paid.
    if (fact.name === 'refund.failed') {
      asked.delete(fact.data.refundId);
      paid.delete(fact.data.refundId);
      hasFailed = true;
    }
  }
  if (asked.size > 0) return true;
  const returned = [...paid.values()].reduce((all, amount) => all + amount, 0);
  const stopped = order.status === 'cancelled' || order.status === 'expired';
  return stopped && !hasFailed && (captured > 0 ? captured > returned : held);
}
