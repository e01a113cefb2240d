import type { NewFact } from '../../events/all-events.ts';
import { money } from '../../shared/kernel/money.ts';
import { planInstalments } from '../../shared/payment/plan-instalments.ts';
import {
  booked,
  cleared,
  dispatched,
  dispatchRequested,
  parcelId,
  placed,
  total,
  untilReleased,
} from './facts.ts';

/** The plan of the builders' order of EUR 39.27, from the day on which it is placed. */
export function planOfOrder(count: number, retryAfterDays: readonly number[] = [3, 7]) {
  const plan = planInstalments(money(total.amount, 'EUR'), { count, from: '2026-11-23', retryAfterDays });
  if (plan === undefined) throw new Error('the total is too small for that count');
  return plan;
}

/** An order in instalments that was released, and of which nothing was captured. */
export function releasedInInstalments(count: number, retryAfterDays?: readonly number[]): NewFact[] {
  const [first, ...rest] = untilReleased();
  if (first?.name !== 'order.placed') throw new Error('an order is placed first');
  const payment = { ...first.data.payment, plan: planOfOrder(count, retryAfterDays) };
  return [placed({ payment }), ...rest];
}

/** The parcel leaves and arrives. */
export const sentAndDelivered = (): NewFact[] => [
  booked(),
  cleared(),
  dispatchRequested(),
  dispatched(),
  { name: 'parcel.delivered', data: { parcelId, deliveredAt: '2026-11-25T09:00:00.000Z' } },
  { name: 'order.delivered', data: {} },
];
