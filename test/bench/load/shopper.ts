import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { confirmAsBrowser } from '../../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { emptyTally, noteAnswer, type Tally } from './figures.ts';

/** The backend at which shoppers order. */
export interface LoadShop {
  readonly url: string;
  readonly storefrontKey: string;
  readonly skus: readonly string[];
  /** The address of the card provider's sandbox. With it, each order is paid. */
  readonly stripeUrl?: string;
}

const quoteSchema = z.object({ quoteId: z.string() });
const orderSchema = z.object({
  orderId: z.string(),
  accessToken: z.string(),
  payment: z.object({ nextAction: z.object({ type: z.string(), clientSecret: z.string().optional() }) }),
});
export type PlacedOrder = z.infer<typeof orderSchema>;

/** A request that was refused with another status. The shopper does not repeat it. */
class GivenUp extends Error {}

/** How long a shopper whose order was accepted goes on to ask for its payment after the end. */
const PATIENCE_MS = 60_000;
/** The wait before a shopper asks again whether the payment has started. */
const PENDING_MS = 1_000;

/**
 * Makes one checkout after another until this moment of the process clock. A request that is answered with 429 or 503
 * is repeated with the same key after the time that the answer names. Another error status is counted, and the next
 * checkout begins. Gives the measurements and the orders. Where shoppers pay, these are the orders that were paid.
 */
export async function shop(
  place: LoadShop,
  untilMs: number,
): Promise<{ readonly tally: Tally; readonly orders: readonly PlacedOrder[]; readonly unpaid: number }> {
  const tally = emptyTally();
  const orders: PlacedOrder[] = [];
  let unpaid = 0;
  while (performance.now() < untilMs) {
    const started = performance.now();
    try {
      const { order, isComplete } = await checkout(place, tally, untilMs);
      tally.checkoutsMs.push(performance.now() - started);
      if (isComplete) orders.push(order);
      else unpaid += 1;
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
    }
  }
  return { tally, orders, unpaid };
}

interface Checkout {
  readonly order: PlacedOrder;
  /** Whether the order was paid, or does not have to be. */
  readonly isComplete: boolean;
}

async function checkout(place: LoadShop, tally: Tally, untilMs: number): Promise<Checkout> {
  const destination =
    Math.random() < 0.5 ? { country: 'DE', postalCode: '10115' } : { country: 'FR', postalCode: '75011' };
  const at = Math.floor(Math.random() * place.skus.length);
  const lines = [at, at + 1].map((index) => ({ sku: place.skus[index % place.skus.length], quantity: 1 }));
  const send = createSender(place, tally, untilMs);
  const { quoteId } = quoteSchema.parse(
    (await send('/v1/quotes', { destination, currency: 'EUR', lines })).body,
  );
  const city = destination.country === 'DE' ? 'Berlin' : 'Paris';
  const body = {
    quoteId,
    customer: { email: `buyer-${randomUUID()}@example.com`, phone: '+493012345678' },
    shippingAddress: { name: 'Ada Sample', line1: 'Hauptstr. 1', city, ...destination },
    payment: { method: 'card' },
  };
  const key = randomUUID();
  const placing = await send('/v1/orders', body, key);
  tally.placingsMs.push(placing.tookMs);
  const order = orderSchema.parse(placing.body);
  if (place.stripeUrl === undefined) return { order, isComplete: true };
  const persistent = createSender(place, tally, untilMs + PATIENCE_MS);
  const again = async () => orderSchema.parse((await persistent('/v1/orders', body, key)).body);
  const clientSecret = await secretOf(order, again, untilMs + PATIENCE_MS);
  if (clientSecret === undefined) return { order, isComplete: false };
  await confirmAsBrowser(place.stripeUrl, clientSecret);
  return { order, isComplete: true };
}

/**
 * The secret with which the shopper pays. If the provider has not answered yet, the shopper repeats the request.
 * Undefined if there is none by this moment, or the request is refused.
 */
async function secretOf(
  placed: PlacedOrder,
  again: () => Promise<PlacedOrder>,
  untilMs: number,
): Promise<string | undefined> {
  let { nextAction } = placed.payment;
  try {
    while (nextAction.type === 'pending' && performance.now() < untilMs) {
      await wait(PENDING_MS);
      ({ nextAction } = (await again()).payment);
    }
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
  }
  return nextAction.clientSecret;
}

interface Answered {
  readonly body: unknown;
  /** The time of the accepted call, without those that were refused. */
  readonly tookMs: number;
}

type SendTo = (path: string, body: object, idempotencyKey?: string) => Promise<Answered>;

function createSender({ url, storefrontKey }: LoadShop, tally: Tally, untilMs: number): SendTo {
  return async (path, body, idempotencyKey) => {
    const headers = {
      'content-type': 'application/json',
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      'x-entrepot-key': storefrontKey,
    };
    for (;;) {
      const started = performance.now();
      const answer = await ask(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      const againMs = noteAnswer(tally, answer.status, answer.retryAfter);
      if (answer.ok) return { body: JSON.parse(answer.text), tookMs: performance.now() - started };
      if (againMs === undefined || performance.now() > untilMs)
        throw new GivenUp(`${path} answered ${answer.status}`);
      // A random part is added, so that shoppers that were refused together come back at different times.
      await wait(againMs * (1 + Math.random() / 2));
    }
  };
}

interface Answer {
  /** 0 if there was no answer. */
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
  readonly retryAfter: string | null;
}

/** Sends a request. Never rejects. */
export async function ask(url: string, request: RequestInit): Promise<Answer> {
  try {
    const answer = await fetch(url, request);
    const text = await answer.text();
    return { status: answer.status, ok: answer.ok, text, retryAfter: answer.headers.get('retry-after') };
  } catch {
    return { status: 0, ok: false, text: '', retryAfter: null };
  }
}
