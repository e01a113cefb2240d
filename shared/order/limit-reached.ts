import type { ReachedLimit } from '../catalogue/index.ts';
import type { CashOrder } from './cash-orders.ts';
import type { PayableMethod } from './payable-method.ts';
import type { PlaceOrderRefusal } from './place-order-refusal.ts';
import type { OrderToCount } from './unpaid-orders.ts';

/** What counts an order that is about to be placed. */
export interface Counts {
  /** Counts the order among the unpaid ones; gives the limit that it would exceed. */
  readonly countUnpaid: (order: Omit<OrderToCount, 'client'>) => Promise<ReachedLimit | undefined>;
  /** Counts an order that a carrier collects among those of its shopper; false if there are too many. */
  readonly countCash: (order: CashOrder) => Promise<boolean>;
}

/** Counts the order; gives the refusal if its storefront, client or shopper has too many. */
export async function limitReached(
  { countUnpaid, countCash }: Counts,
  { isCash }: Pick<PayableMethod, 'isCash'>,
  order: Omit<OrderToCount, 'client'>,
): Promise<PlaceOrderRefusal | undefined> {
  const limit = await countUnpaid(order);
  if (limit !== undefined) return { reason: order.isFree ? 'too-many-free' : 'too-many-unpaid', limit };
  return isCash === true && !(await countCash(order)) ? { reason: 'too-much-cash' } : undefined;
}
