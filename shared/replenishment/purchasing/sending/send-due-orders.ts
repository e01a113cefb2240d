import type { CatalogueStore } from '../../../catalogue/index.ts';
import { invariant } from '../../../kernel/invariant.ts';
import { hourMs, type Instant, later, minuteMs, toInstant } from '../../../kernel/time.ts';
import { PartnerRefused } from '../../../partners/partner-answer.ts';
import type { RatesStore } from '../../../rates/index.ts';
import { actOnOrder } from '../act-on-order.ts';
import { asksNextSupplier, tellsSupplier } from '../after-cancelling.ts';
import type { OrderState } from '../order-state.ts';
import type { OrderStore, StoredOrder, SupplierStore } from '../ports.ts';
import { cancellationDocument } from './cancellation-document.ts';
import { sendingWays } from './index.ts';
import { nextProposals, orderFromNext } from './next-supplier.ts';
import { type OrderDocument, type OrderParties, orderDocument } from './order-document.ts';
import type { SendingTools } from './way.ts';

/** Orders that one run looks at. */
const MAX_ORDERS = 50;
/** Longer than a supplier has to answer. */
const LEASE_MS = 2 * minuteMs;
const FIRST_WAIT_MS = 5 * minuteMs;
const LONGEST_WAIT_MS = 6 * hourMs;
/** Tries after which the next supplier is asked: with a run every 15 minutes, about an hour and a half. */
const TRIES_OF_A_SUPPLIER = 5;

export interface SendingDeps {
  readonly orders: OrderStore;
  readonly suppliers: Pick<SupplierStore, 'find' | 'all' | 'outcomesOf' | 'settings'>;
  readonly rates: Pick<RatesStore, 'current'>;
  readonly catalogue: Pick<CatalogueStore, 'productsBySku' | 'network' | 'seller'>;
  readonly clock: () => Date;
  /** The tools for a supplier. */
  readonly toolsFor: (supplierId: string, now: Instant) => Promise<SendingTools>;
  /** Takes why an order was not sent. */
  readonly report: (error: unknown, detail: { readonly replenishmentOrderId: string }) => void;
}

/**
 * Sends the approved purchase orders whose time has come, and the cancellations of those that a supplier has or may
 * have. An order is taken for two minutes before it is sent, so that two runs do not send it at once and a person does
 * not cancel it meanwhile. It is `sent` once the supplier, or the bucket, has taken it. Until then it is sent again
 * with the same id, after waits that double up to six hours. After five tries the order is cancelled and the next
 * supplier is asked, where others can deliver all of it. A cancellation is repeated until the supplier has taken it.
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
    const send = order === undefined ? undefined : sendingOf(order.state);
    if (order === undefined || send === undefined) continue;
    const now = toInstant(deps.clock());
    if (!(await deps.orders.beginSending(order, now, later(now, LEASE_MS)))) continue;
    try {
      await send(deps, order, now);
      sent += 1;
    } catch (error) {
      deps.report(error, { replenishmentOrderId: id });
      await afterFailure(deps, order, now);
      failed += 1;
    }
  }
  return { sent, failed };
}

type Sending = (deps: SendingDeps, order: StoredOrder, now: Instant) => Promise<void>;

function sendingOf({ status }: OrderState): Sending | undefined {
  if (status === 'approved') return sendOrder;
  return status === 'cancelled' ? finishCancelled : undefined;
}

const sendOrder: Sending = async (deps, order, now) => {
  const { replenishmentOrderId } = order.state;
  const parties = await partiesOf(deps, order.state);
  const document = orderDocument(order.state, parties);
  const { way, key } = await handOver(deps, document, parties, now);
  const stored = await actOnOrder(deps, replenishmentOrderId, {
    ...{ now: toInstant(deps.clock()), by: 'clock' },
    commandOf: () => ({
      ...{ kind: 'mark-sent', way, messageId: document.messageId },
      ...(key === undefined ? {} : { key }),
    }),
  });
  invariant(stored.ok, 'an order that is taken for sending stays approved', { replenishmentOrderId });
};

/** Asks the next supplier first: a supplier that can't be reached must not hold up the goods. */
const finishCancelled: Sending = async (deps, order, now) => {
  const { state } = order;
  if (asksNextSupplier(state)) await orderFromNext(deps, state, now);
  if (!tellsSupplier(state)) return await deps.orders.cancellationDone(order, undefined);
  const parties = await partiesOf(deps, state);
  try {
    await handOver(deps, cancellationDocument(state, parties), parties, now);
  } catch (error) {
    // It does not know the order: there is nothing to cancel.
    if (!(error instanceof PartnerRefused) || ![404, 410].includes(error.status)) throw error;
  }
  await deps.orders.cancellationDone(order, toInstant(deps.clock()));
};

async function afterFailure(deps: SendingDeps, order: StoredOrder, now: Instant): Promise<void> {
  const { state, sendAttempts } = order;
  const isLast = state.status === 'approved' && sendAttempts + 1 >= TRIES_OF_A_SUPPLIER;
  if (isLast && (await nextProposals(deps, state, now)) !== undefined) {
    const cancelled = await actOnOrder(deps, state.replenishmentOrderId, {
      ...{ now: toInstant(deps.clock()), by: 'clock' },
      commandOf: () => ({ kind: 'cancel', reason: 'supplier-silent' }),
    });
    if (cancelled.ok) return;
  }
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** sendAttempts);
  await deps.orders.sendingFailed(order, later(now, wait));
}

async function partiesOf({ catalogue, suppliers }: SendingDeps, state: OrderState): Promise<OrderParties> {
  const { supplierId = '', warehouseId } = state;
  const [supplier, products, network, seller] = await Promise.all([
    suppliers.find(supplierId),
    catalogue.productsBySku(state.lines.map(({ sku }) => sku)),
    catalogue.network(),
    catalogue.seller(),
  ]);
  if (supplier === undefined) throw new Error(`there is no supplier ${supplierId}`);
  const warehouse = network.warehouses.find((each) => each.warehouseId === warehouseId);
  if (warehouse === undefined) throw new Error(`there is no warehouse ${warehouseId}`);
  return {
    ...{ supplier, seller, warehouse },
    descriptions: new Map(products.map(({ sku, description }) => [sku, description])),
  };
}

async function handOver(
  { toolsFor }: SendingDeps,
  document: OrderDocument,
  { supplier }: OrderParties,
  now: Instant,
) {
  const { way } = supplier.sending;
  const chosen = sendingWays.find((each) => each.way === way);
  if (chosen === undefined) throw new Error(`there is no way ${way}`);
  const { key } = await chosen.send(document, supplier, await toolsFor(supplier.supplierId, now));
  return { way, key };
}
