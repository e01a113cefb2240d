import { dayMs, type Instant, later } from '../../../kernel/time.ts';
import type { SupplyRisk } from '../../inbound/supply-risks.ts';
import { tellsSupplier } from '../after-cancelling.ts';
import type { OrderStore } from '../ports.ts';

/** A supplier that has not taken a cancellation after this time may still deliver. */
const TAKEN_WITHIN_MS = dayMs;
/** Later than any time at which something is sent again. */
const EVER = '9999-12-31T23:59:59.999Z';
const MAX_ORDERS = 1_000;

/**
 * A risk for each cancellation that its supplier has not taken a day after it was made. It is over once the supplier
 * has taken it, or says that it does not know the order.
 */
export async function unconfirmedCancellations(
  { orders }: { readonly orders: Pick<OrderStore, 'dueToSend' | 'load'> },
  now: Instant,
): Promise<SupplyRisk[]> {
  const waiting = await orders.dueToSend(EVER, MAX_ORDERS);
  const risks: SupplyRisk[] = [];
  for (const replenishmentOrderId of waiting) {
    const state = (await orders.load(replenishmentOrderId))?.state;
    if (state === undefined || !tellsSupplier(state)) continue;
    const { cancelledAt = now, supplierId, warehouseId } = state;
    if (later(cancelledAt, TAKEN_WITHIN_MS) >= now) continue;
    risks.push({
      riskKey: `cancellation-not-taken#${replenishmentOrderId}`,
      ...{ kind: 'cancellation-not-taken', replenishmentOrderId, warehouseId },
      ...(supplierId === undefined ? {} : { supplierId }),
    });
  }
  return risks;
}
