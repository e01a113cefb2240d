import type { CatalogueStore } from '../../../catalogue/index.ts';
import { invariant } from '../../../kernel/invariant.ts';
import { hourMs, type Instant, later, minuteMs, toInstant } from '../../../kernel/time.ts';
import { actOnOrder } from '../act-on-order.ts';
import type { OrderStore, StoredOrder, SupplierStore } from '../ports.ts';
import type { Supplier } from '../supplier.ts';
import { sendingWays } from './index.ts';
import { orderDocument } from './order-document.ts';
import type { SendingTools } from './way.ts';

/** Orders that one run looks at. */
const MAX_ORDERS = 50;
/** Longer than a supplier has to answer. */
const LEASE_MS = 2 * minuteMs;
const FIRST_WAIT_MS = 5 * minuteMs;
const LONGEST_WAIT_MS = 6 * hourMs;

export interface SendingDeps {
  readonly orders: OrderStore;
  readonly suppliers: Pick<SupplierStore, 'find'>;
  readonly catalogue: Pick<CatalogueStore, 'productsBySku' | 'network' | 'seller'>;
  readonly clock: () => Date;
  /** The tools for a supplier. */
  readonly toolsFor: (supplierId: string, now: Instant) => Promise<SendingTools>;
  /** Takes why an order was not sent. */
  readonly report: (error: unknown, detail: { readonly replenishmentOrderId: string }) => void;
}

/**
 * Sends the approved purchase orders whose time has come. An order is taken for two minutes before it is sent, so that
 * two runs do not send it at once and a person does not cancel it meanwhile. It is `sent` once the supplier, or the
 * bucket, has taken it. Until then it is sent again with the same id, after waits that double up to six hours.
 */
export async function sendDueOrders(
  deps: SendingDeps,
  run: { readonly remainingMs: () => number },
): Promise<{ sent: number; failed: number }> {
  let [sent, failed] = [0, 0];
  const due = await deps.orders.dueToSend(toInstant(deps.clock()), MAX_ORDERS);
  for (const id of due) {
    if (run.remainingMs() < LEASE_MS / 4) break;
    const order = await deps.orders.load(id);
    if (order === undefined || order.state.status !== 'approved') continue;
    const now = toInstant(deps.clock());
    if (!(await deps.orders.beginSending(order, now, later(now, LEASE_MS)))) continue;
    if (await sendOne(deps, order, now)) sent += 1;
    else failed += 1;
  }
  return { sent, failed };
}

async function sendOne(deps: SendingDeps, order: StoredOrder, now: Instant): Promise<boolean> {
  const { replenishmentOrderId, supplierId = '' } = order.state;
  try {
    const supplier = await deps.suppliers.find(supplierId);
    if (supplier === undefined) throw new Error(`there is no supplier ${supplierId}`);
    const { way, key, messageId } = await handOver(deps, order, supplier, now);
    const stored = await actOnOrder(deps, replenishmentOrderId, {
      ...{ now: toInstant(deps.clock()), by: 'clock' },
      commandOf: () => ({
        ...{ kind: 'mark-sent', way, messageId },
        ...(key === undefined ? {} : { key }),
      }),
    });
    invariant(stored.ok, 'an order that is taken for sending stays approved', { replenishmentOrderId });
    return true;
  } catch (error) {
    deps.report(error, { replenishmentOrderId });
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** order.sendAttempts);
    await deps.orders.sendingFailed(order, later(now, wait));
    return false;
  }
}

async function handOver(deps: SendingDeps, { state }: StoredOrder, supplier: Supplier, now: Instant) {
  const { catalogue } = deps;
  const [products, network, seller] = await Promise.all([
    catalogue.productsBySku(state.lines.map(({ sku }) => sku)),
    catalogue.network(),
    catalogue.seller(),
  ]);
  const warehouse = network.warehouses.find(({ warehouseId }) => warehouseId === state.warehouseId);
  if (warehouse === undefined) throw new Error(`there is no warehouse ${state.warehouseId}`);
  const document = orderDocument(state, {
    ...{ supplier, seller, warehouse },
    descriptions: new Map(products.map(({ sku, description }) => [sku, description])),
  });
  const { way } = supplier.sending;
  const chosen = sendingWays.find((each) => each.way === way);
  if (chosen === undefined) throw new Error(`there is no way ${way}`);
  const tools = await deps.toolsFor(supplier.supplierId, now);
  const { key } = await chosen.send(document, supplier, tools);
  return { way, key, messageId: document.messageId };
}
