import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import { currencySchema } from '../kernel/currency.ts';
import { defined } from '../kernel/defined.ts';
import type { NewId } from '../kernel/ids.ts';
import { add, fromJson, type Money, money, toJson } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import {
  type ActOnOrder,
  actOnOrder,
  captureAt,
  currentIntent,
  type Decided,
  givenBack,
  isAtWarehouse,
  isCaptured,
  linesAskedFor,
  lowerable,
  minorOfLine,
  moneyOf,
  mostToReturn,
  orderEndDue,
  orderStateOf,
  type PlannedParcel,
  parcelsThatLeft,
  placedFact,
  plannedParcels,
  priceOf,
  type Timeline,
} from '../timeline/index.ts';
import type { Closing } from './closing.ts';
import { type RestockRefusal, whyNotRestocked } from './restock.ts';

/** Why a parcel can't be closed, or not in this way. */
export type ClosingRefusal =
  | {
      readonly reason:
        | 'parcel-unknown'
        | 'order-ended'
        | 'being-stopped'
        | 'closed-otherwise'
        | 'already-delivered'
        | 'already-dispatched'
        | 'not-dispatched'
        | 'at-the-warehouse'
        | 'nothing-dispatched'
        | 'order-running'
        | 'other-currency';
    }
  | { readonly reason: 'more-than-is-left'; readonly left: Money }
  | RestockRefusal;

interface ClosedParcel {
  readonly outcome: 'closed' | 'no-change';
  /** The refund that was requested with it. */
  readonly refund: Money | undefined;
}

/**
 * A person closes a parcel. In one step its stock is booked, the refund of its price is requested, and the order ends
 * if it was the last parcel. Repeating the same decision changes nothing.
 */
export async function closeParcel(
  deps: ActOnOrder & { readonly newId: NewId },
  orderId: string,
  closing: Closing,
  cause: Cause,
): Promise<Result<ClosedParcel, ClosingRefusal>> {
  const refundId = deps.newId('refund', deps.clock());
  let outcome: Result<ClosedParcel, ClosingRefusal> = refused({ reason: 'parcel-unknown' });
  await actOnOrder(deps, orderId, cause, (timeline) => {
    const decision = decideClosing(timeline, closing, [refundId, () => deps.newId('refund', deps.clock())]);
    outcome = decision.outcome;
    return decision.facts;
  });
  return outcome;
}

/** The id of the refund, and more ids for an order whose refunds go back by several. */
type RefundIds = readonly [string, () => string];

interface Decision {
  readonly outcome: Result<ClosedParcel, ClosingRefusal>;
  readonly facts: readonly Decided[];
}

const refusal = (reason: ClosingRefusal): Decision => ({ outcome: refused(reason), facts: [] });

/** The facts of a closing, or why it can't be carried out. */
function decideClosing(timeline: Timeline, closing: Closing, refundIds: RefundIds): Decision {
  const { facts } = timeline;
  const parcel = plannedParcels(timeline).find(({ parcelId }) => parcelId === closing.parcelId);
  if (parcel === undefined) return refusal({ reason: 'parcel-unknown' });
  const earlier = facts.find(
    (fact): fact is Fact<'parcel.closed'> =>
      fact.name === 'parcel.closed' && fact.data.parcelId === closing.parcelId,
  );
  if (earlier !== undefined) return repeated(facts, earlier, closing);
  const why = whyNotNow(facts, closing) ?? whyNotRestocked(parcel, closing);
  if (why !== undefined) return refusal(why);
  const refund = refundFor(timeline, parcel, closing);
  if (!refund.ok) return refusal(refund.error);
  return {
    outcome: ok({ outcome: 'closed', refund: refund.value }),
    facts: factsOf(timeline, closing, { refundIds, refund: refund.value }),
  };
}

function factsOf(
  timeline: Timeline,
  { parcelId, outcome, restock, refund }: Closing,
  asked: { readonly refundIds: RefundIds; readonly refund: Money | undefined },
): Decided[] {
  const [refundId, newRefundId] = asked.refundIds;
  const { paymentId } = currentIntent(timeline.facts);
  const counted = restock?.map((units) => ({ ...units }));
  const closed: Decided = {
    name: 'parcel.closed',
    data: { parcelId, outcome, ...defined({ restock: counted }), refund },
  };
  const requested: Decided[] =
    asked.refund === undefined
      ? []
      : givenBack(
          timeline.facts,
          {
            name: 'refund.requested',
            data: {
              ...{ paymentId, refundId, amount: toJson(asked.refund), reason: `parcel-${outcome}`, parcelId },
            },
          },
          newRefundId,
        );
  return [closed, ...requested, ...orderEndDue(timeline.facts, [closed])];
}

/** A closed parcel stays as it was closed. */
function repeated(
  facts: Timeline['facts'],
  { data: { parcelId, outcome, restock, refund } }: Fact<'parcel.closed'>,
  closing: Closing,
): Decision {
  const text = (each: Closing) => JSON.stringify([each.outcome, each.restock ?? [], each.refund]);
  if (text({ parcelId, outcome, restock, refund }) !== text(closing))
    return refusal({ reason: 'closed-otherwise' });
  const amounts = facts.flatMap(({ name, data }) =>
    (name === 'refund.requested' || name === 'payment.instalments_lowered') && data.parcelId === parcelId
      ? [fromJson(data.amount)]
      : [],
  );
  const given = amounts.length === 0 ? undefined : amounts.reduce(add);
  return { outcome: ok({ outcome: 'no-change', refund: given }), facts: [] };
}

function whyNotNow(facts: Timeline['facts'], { parcelId, outcome }: Closing): ClosingRefusal | undefined {
  const { ended, isStopping } = orderStateOf(facts);
  if (ended !== undefined) return { reason: 'order-ended' };
  if (isStopping) return { reason: 'being-stopped' };
  const left = parcelsThatLeft(facts);
  if (outcome === 'stopped') {
    if (left.has(parcelId)) return { reason: 'already-dispatched' };
    if (isAtWarehouse(facts, parcelId)) return { reason: 'at-the-warehouse' };
    return left.size === 0 ? { reason: 'nothing-dispatched' } : undefined;
  }
  if (!left.has(parcelId)) return { reason: 'not-dispatched' };
  const isDelivered = facts.some(
    (fact) => fact.name === 'parcel.delivered' && fact.data.parcelId === parcelId,
  );
  return isDelivered ? { reason: 'already-delivered' } : undefined;
}

/**
 * The money to return: the parcel's share of the price as far as it was neither returned nor taken back by a dispute,
 * nothing, or an amount. Nothing goes back of a price that is still to be captured: it is captured less what is waived.
 * While another parcel is still to be sent, half of its price stays.
 */
function refundFor(
  timeline: Timeline,
  { parcelId, consignment }: PlannedParcel,
  { refund }: Closing,
): Result<Money | undefined, ClosingRefusal> {
  const { facts } = timeline;
  const currency = currencySchema.parse(placedFact(timeline).data.landedCost.currency);
  const { captured, returned, withdrawn } = moneyOf(facts);
  const price = priceOf(consignment, currency);
  // Of an order that is paid at dispatch, nothing is paid for what did not leave, or was not captured yet.
  const isAtDispatch = captureAt(facts) !== undefined;
  const hasLeft = parcelsThatLeft(facts).has(parcelId);
  const isWaiver = isAtDispatch && hasLeft && !isCaptured(facts, parcelId);
  const kept = captured + lowerable(facts, currency).amountMinor - returned - withdrawn;
  const left = isWaiver ? price : money(Math.max(kept, 0), currency);
  if (refund === 'none' || (isAtDispatch && !hasLeft)) return ok(undefined);
  if (refund !== 'share') {
    if (refund.currency !== currency) return refused({ reason: 'other-currency' });
    if (refund.amount <= 0 || refund.amount > left.amountMinor)
      return refused({ reason: 'more-than-is-left', left });
  }
  // It is not captured in the first place, so that nothing goes back.
  if (isWaiver) return ok(undefined);
  // Units whose price goes back already are no part of the parcel's share.
  const ofUnits = linesAskedFor(facts).filter((line) => line.parcelId === parcelId);
  const share = price.amountMinor - ofUnits.reduce((all, line) => all + minorOfLine(line), 0);
  const wanted = refund === 'share' ? Math.min(share, left.amountMinor) : refund.amount;
  if (wanted <= 0) return ok(undefined);
  const most = mostToReturn(facts, parcelId);
  if (most !== undefined && wanted > most) return refused({ reason: 'order-running' });
  return ok(money(wanted, currency));
}
