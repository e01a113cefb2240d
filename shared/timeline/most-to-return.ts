import type { Fact } from '../../events/all-events.ts';
import { multiply, percent, sum } from '../kernel/money.ts';
import { captureAt, isCaptured } from './captures-due.ts';
import { owedLater } from './instalments.ts';
import { orderStateOf } from './order-state.ts';
import { moneyOf, parcelsToGo, priceOf } from './parcel-ends.ts';

/** The share of the price of parcels that are still to be sent that stays paid: a refund of more is no goodwill. */
const KEPT = percent('50');

/**
 * The most that may go back now, in minor units of the order's currency. While parcels are still to be sent, half of
 * their price has to stay: a smaller refund is goodwill, and a larger one, in one or in several parts, would leave the
 * order unpaid and half finished. Such an order or parcel is stopped instead. A parcel that is paid when it leaves or
 * arrives keeps nothing: its price was not captured, and none of it is in what may go back. `closing` is a parcel that
 * the same step closes. Never negative. Undefined once nothing that is paid is to be sent: then all that is left may go
 * back.
 */
export function mostToReturn(facts: readonly Fact[], closing?: string): number | undefined {
  const [placed] = facts;
  if (placed?.name !== 'order.placed' || orderStateOf(facts).ended !== undefined) return undefined;
  const { captured, returned, withdrawn } = moneyOf(facts);
  const isPaidLater = captureAt(facts) !== undefined;
  const toGo = new Set(
    parcelsToGo(facts).filter(
      (parcelId) => parcelId !== closing && (!isPaidLater || isCaptured(facts, parcelId)),
    ),
  );
  if (toGo.size === 0) return undefined;
  const { parcels, landedCost } = placed.data;
  const ids = new Set(parcels.filter(({ parcelId }) => toGo.has(parcelId)).map((each) => each.consignmentId));
  const currency = landedCost.totals.total.currency;
  const prices = landedCost.consignments
    .filter(({ consignmentId }) => ids.has(consignmentId))
    .map((consignment) => priceOf(consignment, currency));
  const kept = multiply(sum(prices, currency), KEPT, 'up');
  const left = captured + owedLater(facts, currency).amountMinor - returned - withdrawn;
  return Math.max(left - kept.amountMinor, 0);
}
