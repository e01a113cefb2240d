import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { confirmAsBrowser } from '../../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { emptyTally, retryAfterMs, type Tally } from './figures.ts';

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
  payment: z.object({ nextAction: z.object({ clientSecret: z.string() }) }),
});
export type PlacedOrder = z.infer<typeof orderSchema>;

/** A request that was refused with another status. The shopper does not repeat it. */
class GivenUp extends Error {}

/**
 * Makes one checkout after another until this moment of the process clock. A request that is answered with 429 or 503
 * is repeated with the same key after the time that the answer names. Another error status is counted, and the next
 * checkout begins. Gives the measurements and the orders.
 */
export async function shop(
  place: LoadShop,
  untilMs: number,
): Promise<{ readonly tally: Tally; readonly orders: readonly PlacedOrder[] }> {
  const tally = emptyTally();
  const orders: PlacedOrder[] = [];
  while (performance.now() < untilMs) {
    const started = performance.now();
    try {
      const order = await checkout(place, tally, untilMs);
      tally.checkoutsMs.push(performance.now() - started);
      orders.push(order);
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
    }
  }
  return { tally, orders };
}

async function checkout(place: LoadShop, tally: Tally, untilMs: number): Promise<PlacedOrder> {
  const destination =
    Math.random() < 0.5 ? { country: 'DE', postalCode: '10115' } : { country: 'FR', postalCode: '75011' };
  const at = Math.floor(Math.random() * place.skus.length);
  const lines = [at, at + 1].map((index) => ({ sku: place.skus[index % place.skus.length], quantity: 1 }));
  const send = createSender(place, tally, untilMs);
  const { quoteId } = quoteSchema.parse(
    (await send('/v1/quotes', { destination, currency: 'EUR', lines })).body,
  );
  const city = destination.country === 'DE' ? 'Berlin' : 'Paris';
  const placing = await send('/v1/orders', {
    quoteId,
    customer: { email: `buyer-${randomUUID()}@example.com` },
    shippingAddress: { name: 'Ada Sample', line1: 'Hauptstr. 1', city, ...destination },
    payment: { method: 'card' },
  });
  tally.placingsMs.push(placing.tookMs);
  const order = orderSchema.parse(placing.body);
  if (place.stripeUrl !== undefined)
    await confirmAsBrowser(place.stripeUrl, order.payment.nextAction.clientSecret);
  return order;
}

interface Answered {
  readonly body: unknown;
  /** The time of the accepted call, without those that were refused. */
  readonly tookMs: number;
}

function createSender(
  { url, storefrontKey }: LoadShop,
  tally: Tally,
  untilMs: number,
): (path: string, body: object) => Promise<Answered> {
  return async (path, body) => {
    const headers = {
      'content-type': 'application/json',
      ...(path === '/v1/orders' ? { 'idempotency-key': randomUUID() } : {}),
      'x-entrepot-key': storefrontKey,
    };
    for (;;) {
      const started = performance.now();
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      const text = await answer.text();
      tally.statuses.set(answer.status, (tally.statuses.get(answer.status) ?? 0) + 1);
      if (answer.ok) return { body: JSON.parse(text), tookMs: performance.now() - started };
      const isBusy = answer.status === 429 || answer.status === 503;
      if (!isBusy || performance.now() > untilMs) throw new GivenUp(`${path} answered ${answer.status}`);
      // A random part is added, so that shoppers that were refused together come back at different times.
      await wait(retryAfterMs(answer.headers.get('retry-after')) * (1 + Math.random() / 2));
    }
  };
}
