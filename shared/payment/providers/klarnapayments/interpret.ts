import * as z from 'zod';
import { PartnerRefused, readCallbackBody } from '../../../partners/partner-answer.ts';
import type { LookedUp, PaymentUpdate } from '../../provider.ts';
import { orderPayment, ownerOf } from './answers.ts';
import type { Context } from './call.ts';
import type { regions } from './offered-methods.ts';
import { readOrder, readSession } from './order.ts';

const callbackSchema = z.object({
  /** From the hosted page: its session. */
  session: z.object({ session_id: z.string(), order_id: z.string().nullish() }).optional(),
  /** From Order Management: what became of an order that Klarna examined. */
  order_id: z.string().optional(),
  event_type: z.string().optional(),
});

/** Nobody vouches for what a callback says. It only names an object, for which Klarna is asked. */
export function interpretKlarna(rawBody: Buffer): PaymentUpdate {
  const { session, order_id, event_type } = readCallbackBody('klarnapayments', rawBody, callbackSchema);
  const orderId = session?.order_id ?? order_id;
  if (orderId !== undefined) return { kind: 'look-up', reference: `order/${orderId}` };
  if (session !== undefined) return { kind: 'look-up', reference: `session/${session.session_id}` };
  return { kind: 'unrecognised', word: event_type ?? 'no session and no order' };
}

/** A callback does not say its region: the accounts are asked in turn. A session without an order names no payment. */
export async function lookUpKlarna(context: Context, reference: string): Promise<readonly LookedUp[]> {
  const [kind, id = ''] = reference.split('/');
  for (const { region } of context.settings.accounts) {
    const orderId = kind === 'order' ? id : (await readSession(context, region, id))?.order_id;
    const order = orderId == null ? undefined : await orderOrNone(context, region, orderId);
    if (order === undefined) continue;
    const owner = ownerOf(order);
    if (owner === undefined) return [{ kind: 'ignored', word: 'order: not our payment' }];
    const { providerPaymentId: _session, ...payment } = orderPayment(order, '');
    return [{ kind: 'payment', ...owner, payment }];
  }
  return [];
}

async function orderOrNone(context: Context, region: (typeof regions)[number], orderId: string) {
  try {
    return await readOrder(context, region, orderId);
  } catch (error) {
    if (error instanceof PartnerRefused && error.status === 404) return undefined;
    throw error;
  }
}
