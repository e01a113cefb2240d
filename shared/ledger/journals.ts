import type { Fact } from '../../events/all-events.ts';
import type { Charge, PlannedConsignment } from '../../events/landed-cost.ts';
import { invariant } from '../kernel/invariant.ts';
import { add, fromJson, type Money, negate, sum, zero } from '../kernel/money.ts';
import { type Journal, type Posting, priceOf } from '../timeline/index.ts';
import { schemeOwed } from './scheme-taxes.ts';
import { REFUNDS_GRANTED, TAX_ON_DEPOSITS, taxPostings } from './tax-postings.ts';

/**
 * The double entry behind an order, in the shopper's currency. A positive posting is a debit.
 *
 * - capture: the provider owes us the money, and we owe the shopper the goods (customer deposits);
 * - hand-over of a parcel: deposits become sales and shipping income, and duty, tax and fees become owed to
 *   the authority or scheme that each charge names; tax under a scheme with a return is owed before that,
 *   from when it became chargeable, and what was set against it on the deposits goes with them;
 * - refund: the provider pays back out of the deposits of a stopped order, or out of refunds granted while
 *   the order goes on, since its deposits still become sales when its parcels leave;
 * - stop: what was granted before comes out of the deposits after all;
 * - a parcel that is closed because it was stopped: its deposits are set against the refunds granted, so that they pay
 *   for its own refund; what is not refunded stays there as income;
 * - a refund that was paid and came back, because the shopper's bank did not take it: the reverse.
 */
export function journalsOf(before: readonly Fact[], added: readonly Fact[]): Journal[] {
  const facts = [...before];
  return added.flatMap((fact) => {
    const tax = taxPostings(facts, fact);
    facts.push(fact);
    const entry = journalOf(fact, facts);
    const postings = byAccount([...(entry?.postings ?? []), ...tax]);
    if (postings.length === 0) return [];
    const journal: Journal = {
      orderId: fact.orderId,
      factSequence: fact.sequence,
      occurredAt: fact.occurredAt,
      description: entry?.description ?? taxAlone(fact),
      postings,
    };
    assertBalanced(journal);
    return [journal];
  });
}

/** One posting per account, without zero amounts. */
function byAccount(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, Money>();
  for (const { account, amount } of postings)
    sums.set(account, add(sums.get(account) ?? zero(amount.currency), amount));
  return [...sums]
    .map(([account, amount]) => ({ account, amount }))
    .filter(({ amount }) => amount.amountMinor !== 0);
}

/** The text for a fact that moves no money. */
const taxAlone = ({ name }: Fact): string =>
  name === 'payment.authorised' ? 'tax became chargeable' : 'tax no longer chargeable';

type Entry = { readonly description: string; readonly postings: readonly Posting[] };

function journalOf(fact: Fact, facts: readonly Fact[]): Entry | undefined {
  switch (fact.name) {
    case 'payment.captured':
      return transfer('payment captured', clearing(facts), 'customer-deposits', fromJson(fact.data.amount));
    case 'refund.paid':
      return transfer('refund paid', refundedFrom(facts), clearing(facts), fromJson(fact.data.amount));
    case 'order.cancelled':
    case 'order.expired':
      return grantedBefore(facts);
    case 'refund.failed':
      return returnOf(facts, fact.data.refundId);
    case 'parcel.dispatched':
      return recognition(facts, fact.data.parcelId);
    case 'parcel.closed':
      return fact.data.outcome === 'stopped' ? depositsReleased(facts, fact.data.parcelId) : undefined;
    default:
      return undefined;
  }
}

/** The entry that reverses the payment of a refund; none when it was never paid. */
function returnOf(facts: readonly Fact[], refundId: string): Entry | undefined {
  const index = facts.findIndex((fact) => fact.name === 'refund.paid' && fact.data.refundId === refundId);
  const paid = facts[index];
  if (paid?.name !== 'refund.paid') return undefined;
  // A stop moves earlier grants to the deposits, so a returned refund goes to the account where the refund is now.
  const debited = refundedFrom(facts);
  return transfer('refund came back', clearing(facts), debited, fromJson(paid.data.amount));
}

function transfer(description: string, debit: string, credit: string, amount: Money): Entry {
  return {
    description,
    postings: [
      { account: debit, amount },
      { account: credit, amount: negate(amount) },
    ],
  };
}

/** The revenue and debts recognised when a parcel leaves: each charge of its consignment to its own account. */
function recognition(facts: readonly Fact[], parcelId: string): Entry {
  const { landedCost } = placed(facts).data;
  const consignment = consignmentOf(facts, parcelId);
  const charged = chargesCollected(consignment).map((charge) => ({
    account: accountOf(charge),
    amount: negate(fromJson(charge.amount)),
  }));
  const total = sum(
    charged.map(({ amount }) => amount),
    landedCost.currency,
  );
  return {
    description: `goods handed over, ${parcelId}`,
    postings: [{ account: 'customer-deposits', amount: negate(total) }, ...charged],
  };
}

/** The money that was paid for a parcel that will not be sent. */
function depositsReleased(facts: readonly Fact[], parcelId: string): Entry {
  const price = priceOf(consignmentOf(facts, parcelId), placed(facts).data.landedCost.currency);
  return transfer(`parcel stopped, ${parcelId}`, 'customer-deposits', REFUNDS_GRANTED, price);
}

function consignmentOf(facts: readonly Fact[], parcelId: string): PlannedConsignment {
  const { landedCost, parcels } = placed(facts).data;
  const parcel = parcels.find((candidate) => candidate.parcelId === parcelId);
  const consignment = landedCost.consignments.find(
    (candidate) => candidate.consignmentId === parcel?.consignmentId,
  );
  invariant(consignment !== undefined, 'every parcel carries out a planned consignment', { parcelId });
  return consignment;
}

/** The charges that the shopper paid to us. Charges that the consignee pays on delivery are not booked. */
function chargesCollected(consignment: PlannedConsignment): Charge[] {
  return consignment.charges.filter((charge) => charge.collectedOnDelivery !== true);
}

function accountOf(charge: Charge): string {
  if (charge.kind === 'goods') return 'sales';
  if (charge.kind === 'shipping') return 'shipping-income';
  if (schemeOwed(charge) !== undefined) return TAX_ON_DEPOSITS;
  return `${charge.kind}-owed:${charge.owedTo ?? 'unassigned'}`;
}

const clearing = (facts: readonly Fact[]) => `provider-clearing:${placed(facts).data.payment.provider}`;

function refundedFrom(facts: readonly Fact[]): string {
  const isStopped = facts.some((fact) => fact.name === 'order.cancelled' || fact.name === 'order.expired');
  return isStopped ? 'customer-deposits' : REFUNDS_GRANTED;
}

/** The refunds of a stopped order from before the stop. */
function grantedBefore(facts: readonly Fact[]): Entry | undefined {
  const failed = new Set(
    facts.flatMap((fact) => (fact.name === 'refund.failed' ? [fact.data.refundId] : [])),
  );
  const granted = facts.flatMap((fact) =>
    fact.name === 'refund.paid' && !failed.has(fact.data.refundId) ? [fromJson(fact.data.amount)] : [],
  );
  const [first] = granted;
  if (first === undefined) return undefined;
  const amount = sum(granted, first.currency);
  return transfer('order stopped after a refund', 'customer-deposits', REFUNDS_GRANTED, amount);
}

function placed(facts: readonly Fact[]): Fact<'order.placed'> {
  const first = facts[0];
  invariant(first?.name === 'order.placed', 'a timeline begins with order.placed');
  return first;
}

function assertBalanced(journal: Journal): void {
  const balances = new Map<string, number>();
  for (const { amount } of journal.postings) {
    balances.set(amount.currency, (balances.get(amount.currency) ?? 0) + amount.amountMinor);
  }
  for (const [currency, balance] of balances) {
    invariant(balance === 0, 'every journal balances in every currency', { currency, balance });
  }
}
