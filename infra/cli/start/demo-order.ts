import { setTimeout as wait } from 'node:timers/promises';
import type { Checkout } from '../../sandbox/checkout.ts';
import { type ApiClient, createApiClient } from '../client/api-client.ts';
import { demoAddress, demoBasket } from './demo-basket.ts';
import type { Money } from './money-text.ts';
import type { NarratedOrder } from './narrate-order.ts';

/** The parts of the API's answer about an order that a shop's page reads. */
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

/** The longest time to wait. Work of some seconds may take a minute on a busy machine. */
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
      customer: { email: 'erika.musterfrau@example.com', phone: '+4915112345678' },
      shippingAddress: demoAddress,
      payment: { method: 'card' },
    },
  });
}

/**
 * Pays an order with a test card. Throws an Error if the order has no payment to confirm, or if the card is refused.
 */
export function pay({ payment }: PlacedAnswer, checkout: Checkout): Promise<void> {
  const { clientSecret } = payment.nextAction;
  if (clientSecret === undefined) throw new Error('the order has no client secret to confirm its payment');
  return checkout.pay(clientSecret);
}

/** Quotes, places and pays the demo's basket, and does not follow the order. */
export async function placeUnwatched(storefront: ApiClient, checkout: Checkout): Promise<PlacedAnswer> {
  const { quoteId } = await quote(storefront, demoBasket);
  const placed = await place(storefront, quoteId);
  await pay(placed, checkout);
  return placed;
}

/** Whether an order of this status is at its end. */
export function hasEnded({ status }: Pick<OrderAnswer, 'status'>): boolean {
  return END_STATES.has(status);
}

/**
 * Reads an order as an operator until it has ended, but at most for three minutes. Gives the last reading. `hear`
 * receives every reading.
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
