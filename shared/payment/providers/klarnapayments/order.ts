import { readAnswer } from '../../../partners/partner-answer.ts';
import type { ProviderPayment } from '../../provider.ts';
import {
  type Order,
  orderPayment,
  orderSchema,
  type Session,
  sessionPayment,
  sessionSchema,
} from './answers.ts';
import { ask, askFor, type Context, refusedWith } from './call.ts';
import type { Region } from './offered-methods.ts';
import { readReference } from './references.ts';

/** An intent at Klarna: the payment, and the order once it is placed. */
export interface Found {
  readonly region: Region;
  readonly payment: ProviderPayment;
  readonly order?: Order;
}

/**
 * Asks for an intent. A session that Klarna no longer has was never paid, as its order's id is recorded otherwise:
 * sessions end after two days.
 */
export async function findIntent(
  context: Context,
  providerPaymentId: string,
  knownOrderId?: string,
): Promise<Found> {
  const { region, amount, sessionId } = readReference(providerPaymentId);
  const session = knownOrderId === undefined ? await readSession(context, region, sessionId) : undefined;
  const orderId = knownOrderId ?? session?.order_id;
  if (orderId == null) {
    const unpaid = session ?? { session_id: sessionId, status: 'DISABLED' as const };
    return { region, payment: sessionPayment(unpaid, { providerPaymentId, amount }) };
  }
  const order = await readOrder(context, region, orderId);
  return { region, order, payment: orderPayment(order, providerPaymentId) };
}

/** The session of the hosted page; undefined if it has ended and is forgotten. */
export async function readSession(
  context: Context,
  region: Region,
  sessionId: string,
): Promise<Session | undefined> {
  const path = `/hpp/v1/sessions/${encodeURIComponent(sessionId)}`;
  const answer = await ask(context, { region, method: 'GET', path });
  if (answer.done) return readAnswer('klarnapayments', answer.response, sessionSchema);
  if (answer.status === 404) return undefined;
  throw refusedWith(answer);
}

export const readOrder = (context: Context, region: Region, orderId: string): Promise<Order> =>
  askFor(context, { region, method: 'GET', path: orderPath(orderId), schema: orderSchema });

export const orderPath = (orderId: string, rest = ''): string =>
  `/ordermanagement/v1/orders/${encodeURIComponent(orderId)}${rest}`;
