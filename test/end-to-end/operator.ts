import { randomUUID } from 'node:crypto';
import type { RunningBackend } from './running-backend.ts';
import type { Placed } from './shopper.ts';

interface ListedOrder {
  readonly orderId: string;
  readonly attention: readonly {
    readonly reason: string;
    readonly parcelId?: string;
    /** The carrier's number of the label, if the reason is about one label. */
    readonly carrierShipmentId?: string;
  }[];
}

/** The order as the operators' work list shows it; undefined when it is not there. */
export async function onWorkList(
  { backend }: RunningBackend,
  { orderId }: Pick<Placed, 'orderId'>,
): Promise<ListedOrder | undefined> {
  const { orders } = await backend.operator.call<{ orders: ListedOrder[] }>({
    method: 'GET',
    path: '/v1/admin/orders?status=attention',
  });
  return orders.find((order) => order.orderId === orderId);
}

/** What an operator posts about the order, with a key of its own. */
export function postAsOperator<Answer>(
  { backend }: RunningBackend,
  { orderId }: Pick<Placed, 'orderId'>,
  action: string,
  body: object = {},
): Promise<Answer> {
  return backend.operator.call<Answer>({
    method: 'POST',
    path: `/v1/admin/orders/${orderId}/${action}`,
    headers: { 'idempotency-key': randomUUID() },
    body,
  });
}
