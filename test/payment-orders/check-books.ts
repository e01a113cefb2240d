import type { Fact } from '../../events/all-events.ts';
import { fromJson, type Money, negate } from '../../shared/kernel/money.ts';
import { paymentOf } from '../../shared/payment/payment.ts';
import {
  factsNamed,
  INTENT_DISPUTED,
  intentsOf,
  orderStateOf,
  restToRelease,
} from '../../shared/timeline/index.ts';
import type { Movement } from '../contract/suites/payment-contract.ts';
import type { RunOrder } from './order.ts';
import type { RunProvider, Sandboxes } from './sandboxes.ts';

type Kind = Movement['kind'];

/** The sums of movements by kind and currency, zeros left out: `captured EUR 4990`. */
function sumsOf(movements: readonly Movement[]): string[] {
  const sums = new Map<string, number>();
  for (const { kind, amount } of movements) {
    const key = `${kind} ${amount.currency}`;
    sums.set(key, (sums.get(key) ?? 0) + amount.amountMinor);
  }
  return [...sums]
    .filter(([, sum]) => sum !== 0)
    .map(([key, sum]) => `${key} ${sum}`)
    .sort();
}

/** What our facts say of the money of one intent. */
function ourMovements(facts: readonly Fact[], paymentId: string): Movement[] {
  const found: Movement[] = [];
  const move = (kind: Kind, amount: Money) => found.push({ kind, amount });
  const paidRefunds = new Map<string, Money>();
  const contested = new Map<string, Money>();
  for (const fact of facts) {
    if (!('paymentId' in fact.data) || fact.data.paymentId !== paymentId) continue;
    switch (fact.name) {
      case 'payment.captured':
      case 'intent.captured':
        move('captured', fromJson(fact.data.amount));
        break;
      case 'payment.capture_failed':
        move('captured', negate(fromJson(fact.data.amount)));
        break;
      case 'refund.paid':
      case 'intent.refunded':
        paidRefunds.set(fact.data.refundId, fromJson(fact.data.amount));
        break;
      case 'refund.failed':
      case 'intent.refund_failed':
        paidRefunds.delete(fact.data.refundId);
        break;
      case 'payment.disputed':
      case 'intent.disputed':
        contested.set(fact.data.providerReference, fromJson(fact.data.withdrawn));
        break;
      default:
    }
  }
  for (const amount of paidRefunds.values()) move('refunded', amount);
  for (const amount of contested.values()) move('contested', amount);
  return found;
}

export interface OrderResult {
  readonly method: string;
  readonly provider: string;
  readonly outcome: 'paid' | 'returned' | 'unpaid';
  readonly isMoved: boolean;
  readonly isDisputed: boolean;
  /** A part was captured, and the rest went back. */
  readonly isReleased: boolean;
  /** A capture failed after it was reported. */
  readonly hasFailedCapture: boolean;
  /** A refund failed after it was accepted. */
  readonly hasFailedRefund: boolean;
  /** A person has to act: a refund that the provider could not make, or disputed money. */
  readonly isForPerson: boolean;
  readonly problems: readonly string[];
}

/** Compares the books of every provider that the order was at with our facts and our ledger. */
export async function checkBooks(sandboxes: Sandboxes, order: RunOrder): Promise<OrderResult> {
  const facts = order.facts();
  const problems: string[] = [];
  const { current, earlier } = intentsOf(facts);
  const intents = [current, ...earlier];
  const isShown = factsNamed(facts, 'order.held').some(({ data }) => data.reason === INTENT_DISPUTED);
  let kept = 0;
  let brought = 0;
  let holders = 0;
  for (const { paymentId, provider: code } of intents) {
    const provider = sandboxes.providers.find(({ plugIn }) => plugIn.code === code);
    const movements = (await provider?.contract.movements?.(provider.url, paymentId)) ?? [];
    const own = ourMovements(facts, paymentId);
    // A dispute about an intent that brought nothing is shown to a person and not booked.
    const isUnpaid = isShown && own.every(({ kind }) => kind !== 'captured');
    const theirs = sumsOf(movements.filter(({ kind }) => !isUnpaid || kind !== 'contested'));
    const ours = sumsOf(own);
    if (theirs.join() !== ours.join())
      problems.push(`${code} has [${theirs.join(', ')}] of ${paymentId}, and we have [${ours.join(', ')}]`);
    const { captured, left } = netOf(own);
    brought += captured;
    kept += left;
    if (left > 0) holders += 1;
    if (await isStillHeld(provider, order, paymentId))
      problems.push(`${code} still holds the money of ${paymentId}`);
    const { intents: made } = (await provider?.contract.effects(provider.url, paymentId)) ?? { intents: 0 };
    if (made > 1) problems.push(`${code} made ${made} intents of ${paymentId}`);
  }
  const isDisputed = facts.some(({ name }) => name === 'payment.disputed' || name === 'intent.disputed');
  const isUnreturned = facts.some(({ name }) => name === 'refund.failed' || name === 'intent.refund_failed');
  if (restToRelease(facts) !== undefined) problems.push('the rest was not released');
  const { ended } = orderStateOf(facts);
  const isStopped = ended === 'cancelled' || ended === 'expired';
  // A person returns what the provider could not.
  if (holders > 1 && !isUnreturned) problems.push(`the shopper was charged by ${holders} intents`);
  if (isStopped && kept > 0 && !isUnreturned) problems.push(`${kept} was not returned`);
  problems.push(...ledgerProblems(order, isUnreturned || isDisputed));
  const { offer, provider } = order.plan;
  const has = (name: Fact['name']) => facts.some((fact) => fact.name === name);
  return {
    ...{ method: offer.method, provider: provider.plugIn.code, isDisputed, problems },
    ...{ hasFailedCapture: has('payment.capture_failed'), hasFailedRefund: has('refund.failed') },
    outcome: brought === 0 ? 'unpaid' : isStopped ? 'returned' : 'paid',
    isMoved: earlier.length > 0,
    isReleased: brought > 0 && facts.some(({ name }) => name === 'payment.voided'),
    isForPerson: isUnreturned || isShown,
  };
}

/** Whether the provider holds money of an intent of which we say that nothing more is to come. */
async function isStillHeld(
  provider: RunProvider | undefined,
  order: RunOrder,
  paymentId: string,
): Promise<boolean> {
  const payment = paymentOf(order.timeline());
  const isOver = payment.status === 'captured' || payment.status === 'voided';
  const { providerPaymentId } = payment;
  if (payment.paymentId !== paymentId || !isOver || providerPaymentId === undefined) return false;
  const found = await provider?.bound.find(order.deps.clock().toISOString(), { providerPaymentId });
  return found?.status === 'authorised';
}

/** What came, and what is left of it, in minor units: an order that is paid in several currencies has one of them. */
function netOf(movements: readonly Movement[]): { readonly captured: number; readonly left: number } {
  const total = (kind: Kind) =>
    movements.filter((one) => one.kind === kind).reduce((sum, { amount }) => sum + amount.amountMinor, 0);
  return { captured: total('captured'), left: total('captured') - total('refunded') - total('contested') };
}

/** Each journal balances, and nothing waits to be returned. */
function ledgerProblems({ harness }: RunOrder, isForPerson: boolean): string[] {
  const problems: string[] = [];
  const balances = new Map<string, number>();
  for (const { postings, description } of harness.timelines.journals) {
    const sums = new Map<string, number>();
    for (const { account, amount } of postings) {
      sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amountMinor);
      const key = `${account} ${amount.currency}`;
      balances.set(key, (balances.get(key) ?? 0) + amount.amountMinor);
    }
    for (const [currency, sum] of sums)
      if (sum !== 0) problems.push(`the journal "${description}" is ${sum} ${currency} off`);
  }
  for (const [account, balance] of balances)
    if (account.startsWith('payments-to-return') && balance !== 0 && !isForPerson)
      problems.push(`${account} has ${balance}`);
  return problems;
}
