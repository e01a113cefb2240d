import { setTimeout as wait } from 'node:timers/promises';
import { type ApiClient, createApiClient } from '../client/api-client.ts';
import { demoAddress, demoBasket } from './demo-basket.ts';
import type { Money } from './money-text.ts';
import type { NarratedOrder } from './narrate-order.ts';

/** The parts of the API's answer about an order that a shopper's page reads. */
export interface OrderAnswer {
  readonly orderId: string;
  readonly status: string;
  readonly timeline: readonly {
    readonly sequence: number;
    readonly fact: string;
    readonly occurredAt: string;
  }[];
  readonly parcels: readonly {
    readonly trackingNumber?: string;
    readonly carrier?: string;
    readonly parcelId: string;
    readonly warehouseId: string;
  }[];
}

/** The parts of a quote that the demo shows. */
export interface QuoteAnswer {
  readonly quoteId: string;
  readonly totals: Readonly<Record<'goods' | 'shipping' | 'duty' | 'tax' | 'fees' | 'total', Money>>;
  readonly options: readonly {
    readonly optionId: string;
    readonly promise: { readonly earliest: string; readonly latest: string };
  }[];
  readonly optionId: string;
  readonly landedCost: { readonly consignments: readonly { readonly warehouseId: string }[] };
}

export interface PlacedAnswer {
  readonly orderId: string;
  readonly accessToken: string;
  readonly payment: { readonly nextAction: { readonly type: string; readonly clientSecret?: string } };
}

const END_STATES = new Set(['delivered', 'closed', 'cancelled', 'expired']);

/** A busy machine may take a minute for seconds of work. */
const MAX_WAIT_MS = 180_000;

/** Quotes a basket as a storefront does. */
export function quote(storefront: ApiClient, body: object): Promise<QuoteAnswer> {
  return storefront.call<QuoteAnswer>({ method: 'POST', path: '/v1/quotes', body });
}

/** Places the order of a quote of the demo's basket. */
export function place(storefront: ApiClient, quoteId: string): Promise<PlacedAnswer> {
  return storefront.call<PlacedAnswer>({
    method: 'POST',
    path: '/v1/orders',
    headers: { 'idempotency-key': quoteId },
    body: {
      quoteId,
      customer: { email: 'erika.musterfrau@example.com' },
      shippingAddress: demoAddress,
      payment: { method: 'card' },
    },
  });
}

/** Pays an order with a test card. Throws an Error when there is nothing to pay or the card is not accepted. */
export function pay({ payment }: PlacedAnswer, stripeUrl: string): Promise<void> {
  const { clientSecret } = payment.nextAction;
  if (clientSecret === undefined) throw new Error('the order has nothing to confirm its payment with');
  return confirmAsBrowser(stripeUrl, clientSecret);
}

/** Quotes, places and pays the demo's basket, and looks no further. */
export async function placeUnwatched(storefront: ApiClient, stripeUrl: string): Promise<PlacedAnswer> {
  const { quoteId } = await quote(storefront, demoBasket);
  const placed = await place(storefront, quoteId);
  await pay(placed, stripeUrl);
  return placed;
}

/** Does the same as the provider's browser library when the shopper presses "pay": the card never reaches us. */
export async function confirmAsBrowser(
  stripeUrl: string,
  clientSecret: string,
  card = 'pm_card_visa',
): Promise<void> {
  const intentId = clientSecret.split('_secret_')[0];
  const response = await fetch(`${stripeUrl}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer pk_test_sample' },
    body: new URLSearchParams({ payment_method: card, client_secret: clientSecret }),
  });
  if (!response.ok) throw new Error(`the card was not accepted: ${await response.text()}`);
}

/** Whether nothing more happens to an order of this status. */
export function hasEnded({ status }: Pick<OrderAnswer, 'status'>): boolean {
  return END_STATES.has(status);
}

/**
 * Reads an order as an operator until it has ended, or for three minutes, and gives the last reading. `hear` gets
 * every reading.
 */
export async function follow<Order extends NarratedOrder>(
  operator: ApiClient,
  orderId: string,
  hear: (order: Order) => void,
): Promise<Order> {
  const giveUpAt = performance.now() + MAX_WAIT_MS;
  for (;;) {
    const order = await operator.call<Order>({ method: 'GET', path: `/v1/admin/orders/${orderId}` });
    hear(order);
    if (hasEnded(order) || performance.now() > giveUpAt) return order;
    await wait(100);
  }
}

/** A client of the storefront with this publishable key. */
export function storefrontClient(url: string, key: string): ApiClient {
  return createApiClient(url, { 'x-entrepot-key': key });
}
