import { setTimeout as wait } from 'node:timers/promises';
import { type ApiClient, createApiClient } from '../client/api-client.ts';

/** The parts of the API's answers that the sample order reads. */
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

interface QuoteAnswer {
  readonly quoteId: string;
}

interface PlacedAnswer {
  readonly orderId: string;
  readonly accessToken: string;
  readonly payment: { readonly nextAction: { readonly type: string; readonly clientSecret?: string } };
}

/** Pays as the shopper's browser does, with the client secret that an order was placed with. */
export type Pay = (clientSecret: string) => Promise<void>;

export interface DemoOrder {
  readonly orderId: string;
  readonly accessToken: string;
  readonly order: OrderAnswer;
}

/** Goods that only Shenzhen has, which are imported, and goods that only Poznań has, which are not. */
export const demoBasket = {
  destination: { country: 'DE', postalCode: '20095' },
  currency: 'EUR',
  incoterm: 'DDP',
  lines: [
    { sku: 'TSHIRT-SPORT-GREY', quantity: 2 },
    { sku: 'CREAM-HAND-75', quantity: 1 },
  ],
};

const demoAddress = {
  name: 'Erika Musterfrau',
  line1: 'Musterstraße 1',
  city: 'Hamburg',
  postalCode: '20095',
  country: 'DE',
};

const END_STATES = new Set(['delivered', 'cancelled', 'expired']);
const MAX_WAIT_MS = 60_000;

/**
 * Carries one order from its quote to its delivery through the public API.
 * `tell` hears each fact as it shows on the order's timeline.
 */
export async function placeDemoOrder(
  storefront: ApiClient,
  pay: Pay,
  tell: (entry: OrderAnswer['timeline'][number]) => void,
): Promise<DemoOrder> {
  const placed = await placeUnwatched(storefront, pay);
  const order = await follow(storefront, placed, tell);
  return { orderId: placed.orderId, accessToken: placed.accessToken, order };
}

/** Quotes, places and pays the sample basket, and looks no further. */
export async function placeUnwatched(storefront: ApiClient, pay: Pay): Promise<PlacedAnswer> {
  const quote = await storefront.call<QuoteAnswer>({ method: 'POST', path: '/v1/quotes', body: demoBasket });
  const placed = await storefront.call<PlacedAnswer>({
    method: 'POST',
    path: '/v1/orders',
    headers: { 'idempotency-key': quote.quoteId },
    body: {
      quoteId: quote.quoteId,
      customer: { email: 'erika.musterfrau@example.com' },
      shippingAddress: demoAddress,
      payment: { method: 'card' },
    },
  });
  const { clientSecret } = placed.payment.nextAction;
  if (clientSecret === undefined) throw new Error('the order has nothing to confirm its payment with');
  await pay(clientSecret);
  return placed;
}

async function follow(
  storefront: ApiClient,
  placed: PlacedAnswer,
  tell: (entry: OrderAnswer['timeline'][number]) => void,
): Promise<OrderAnswer> {
  const giveUpAt = Date.now() + MAX_WAIT_MS;
  let seen = 0;
  for (;;) {
    const order = await storefront.call<OrderAnswer>({
      method: 'GET',
      path: `/v1/orders/${placed.orderId}`,
      headers: { authorization: `Bearer ${placed.accessToken}` },
    });
    for (const entry of order.timeline.filter(({ sequence }) => sequence > seen)) tell(entry);
    seen = order.timeline.at(-1)?.sequence ?? seen;
    if (END_STATES.has(order.status)) return order;
    if (Date.now() > giveUpAt)
      throw new Error(`the order is still ${order.status} after ${MAX_WAIT_MS / 1000} s`);
    await wait(100);
  }
}

/** A client of the storefront with this publishable key. */
export function storefrontClient(url: string, key: string): ApiClient {
  return createApiClient(url, { 'x-entrepot-key': key });
}
