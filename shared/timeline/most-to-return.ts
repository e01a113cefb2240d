import type { Fact } from '../../events/all-events.ts';
import { multiply, percent, sum } from '../kernel/money.ts';
import { orderStateOf } from './order-state.ts';
import { moneyOf, parcelsToGo, priceOf } from './parcel-ends.ts';

/** The share of the price of parcels that are still to be sent that stays paid: a refund of more is no goodwill. */
const KEPT = percent('50');

/**
 * The most that may go back now, in minor units of the order's currency. While parcels are still to be sent, half of
 * their price has to stay: a smaller refund is goodwill, and a larger one, in one or in several parts, would leave the
 * order unpaid and half finished. Such an order or parcel is stopped instead. `closing` is a parcel that the same step
 * closes. Never negative.
 */
export function mostToReturn(facts: readonly Fact[], closing?: string): number {
  const [placed] = facts;
  if (placed?.name !== 'order.placed') return 0;
  const { captured, returned } = moneyOf(facts);
  const left = Math.max(captured - returned, 0);
  if (orderStateOf(facts).ended !== undefined) return left;
  const toGo = new Set(parcelsToGo(facts).filter((parcelId) => parcelId !== closing));
  if (toGo.size === 0) return left;
  const { parcels, landedCost } = placed.data;
  const ids = new Set(parcels.filter(({ parcelId }) => toGo.has(parcelId)).map((each) => each.consignmentId));
  const currency = landedCost.totals.total.currency;
  const prices = landedCost.consignments
    .filter(({ consignmentId }) => ids.has(consignmentId))
    .map((consignment) => priceOf(consignment, currency));
  const kept = multiply(sum(prices, currency), KEPT, 'up');
  return Math.max(left - kept.amountMinor, 0);
}
