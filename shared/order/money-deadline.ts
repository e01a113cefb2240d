import type { Fact } from '../../events/all-events.ts';
import { fromJson, type Money, negate } from '../kernel/money.ts';
import { minuteMs } from '../kernel/time.ts';
import { leftOf, NO_ANSWER, orderStateOf, STOP_REFUND } from '../timeline/index.ts';
import { type Deadline, deadlineSince, type Wait } from './wait.ts';

const MONEY_BACK: Wait = { waitMs: 5 * minuteMs, step: 'refund', waitingFor: 'the money to go back' };

interface Owed {
  /** Whether the authorisation may still bring money. */
  isHeld: boolean;
  readonly captures: Money[];
  /** Whether a refund failed that the stop of the order requires. */
  hasFailed: boolean;
  /** The refunds that were requested because the order stopped. */
  readonly ofStop: Set<string>;
  /** Refunds that were requested and not answered. */
  readonly asked: Set<string>;
  readonly paid: Map<string, Money>;
  /** By dispute: what was taken back. */
  readonly withdrawn: Map<string, Money>;
  /** The fact since which money has to be returned. Undefined if no money has to be. */
  since: Fact | undefined;
}

/**
 * The deadline of money that has to go back: a stopped order whose authorisation was not voided or whose money was
 * not refunded, as far as no dispute took it, or any order with an open request for a refund. It counts from the latest
 * fact about the money. A request that comes while another is open does not move it. A refund that the stop requires is
 * left to a person once it failed; another one that fails does not affect it.
 */
export function moneyDeadline(facts: readonly Fact[]): Deadline[] {
  const money: Owed = {
    isHeld: false,
    captures: [],
    hasFailed: false,
    ofStop: new Set(),
    asked: new Set(),
    paid: new Map(),
    withdrawn: new Map(),
    since: undefined,
  };
  for (const fact of facts) fold(money, fact);
  const { since } = money;
  return since !== undefined && isOwed(money, facts)
    ? [deadlineSince(since, MONEY_BACK, { key: 'money' })]
    : [];
}

function isOwed(money: Owed, facts: readonly Fact[]): boolean {
  const { isHeld, captures, hasFailed, asked, paid, withdrawn } = money;
  if (asked.size > 0) return true;
  const { ended } = orderStateOf(facts);
  if ((ended !== 'cancelled' && ended !== 'expired') || hasFailed) return false;
  const left = leftOf({ captures, returned: [...paid.values()], withdrawn: [...withdrawn.values()] });
  return isHeld || left.some(({ amountMinor }) => amountMinor > 0);
}

function fold(money: Owed, fact: Fact): void {
  switch (fact.name) {
    case 'payment.started':
      money.isHeld = true;
      break;
    case 'payment.failed':
      // An intent may be there that has no name yet.
      if (fact.data.code !== NO_ANSWER) return;
      money.isHeld = true;
      break;
    case 'payment.moved':
      // The intent before has a deadline of its own. One that turned out paid had been started.
      money.isHeld = fact.data.reason === 'paid';
      break;
    case 'payment.voided':
      money.isHeld = false;
      break;
    case 'payment.captured':
      money.isHeld = false;
      money.captures.push(fromJson(fact.data.amount));
      break;
    case 'payment.capture_failed':
      money.captures.push(negate(fromJson(fact.data.amount)));
      break;
    case 'payment.disputed':
      money.withdrawn.set(fact.data.providerReference, fromJson(fact.data.withdrawn));
      break;
    case 'order.cancelled':
    case 'order.expired':
      money.hasFailed = false;
      money.ofStop.clear();
      break;
    case 'refund.requested':
      // A person returns it: that is a reason for attention, and no step can do it.
      if (fact.data.by !== undefined) {
        money.paid.set(fact.data.refundId, fromJson(fact.data.amount));
        return;
      }
      if (money.asked.size === 0) money.since = fact;
      money.asked.add(fact.data.refundId);
      if (fact.data.reason === STOP_REFUND) money.ofStop.add(fact.data.refundId);
      return;
    case 'refund.paid':
      money.asked.delete(fact.data.refundId);
      money.paid.set(fact.data.refundId, fromJson(fact.data.amount));
      break;
    case 'refund.failed':
      // A refund can fail after it was paid.
      money.asked.delete(fact.data.refundId);
      money.paid.delete(fact.data.refundId);
      if (money.ofStop.has(fact.data.refundId)) money.hasFailed = true;
      break;
    default:
      return;
  }
  money.since = fact;
}
