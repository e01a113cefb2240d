import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type ApiClient, ApiProblem } from '../../infra/cli/client/api-client.ts';
import type { OrderAnswer } from '../../infra/cli/start/demo-order.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';

export interface Basket {
  readonly destination: { readonly country: string; readonly postalCode?: string; readonly region?: string };
  readonly currency: string;
  readonly incoterm?: 'DDP' | 'DAP';
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface Placed {
  readonly orderId: string;
  readonly accessToken: string;
  readonly status: string;
  readonly payment: {
    readonly provider: string;
    readonly nextAction: { readonly type: string; readonly clientSecret?: string; readonly url?: string };
  };
}

export const baskets = {
  DE: {
    destination: { country: 'DE', postalCode: '20095' },
    currency: 'EUR',
    lines: [
      { sku: 'TSHIRT-SPORT-GREY', quantity: 2 },
      { sku: 'CREAM-HAND-75', quantity: 1 },
    ],
  },
  GB: {
    destination: { country: 'GB', postalCode: 'SW1A 1AA' },
    currency: 'GBP',
    lines: [{ sku: 'UMBRELLA-FOLDING', quantity: 2 }],
  },
  US: {
    destination: { country: 'US', postalCode: '10001', region: 'NY' },
    currency: 'USD',
    lines: [{ sku: 'TSHIRT-COTTON-NAVY', quantity: 2 }],
  },
} as const satisfies Record<string, Basket>;

const addresses: Readonly<Record<string, object>> = {
  DE: {
    name: 'Erika Musterfrau',
    line1: 'Musterstraße 1',
    city: 'Hamburg',
    postalCode: '20095',
    country: 'DE',
  },
  GB: {
    name: 'Jane Sample',
    line1: '1 Sample Street',
    city: 'London',
    postalCode: 'SW1A 1AA',
    country: 'GB',
  },
  US: {
    name: 'John Sample',
    line1: '1 Sample Street',
    city: 'New York',
    region: 'NY',
    postalCode: '10001',
    country: 'US',
  },
};

/** Quotes, orders and follows as a storefront does, and repeats requests that got no answer. */
export class Shopper {
  readonly #storefront: ApiClient;
  readonly #channel: string | undefined;

  /** `channel`: what its orders say brought the shopper; undefined if they say nothing. */
  constructor(storefront: ApiClient, channel?: string) {
    this.#storefront = storefront;
    this.#channel = channel;
  }

  quote<T = { quoteId: string }>(basket: Basket): Promise<T> {
    return this.#storefront.call<T>({ method: 'POST', path: '/v1/quotes', body: basket });
  }

  placeBody(quoteId: string, country: string, method = 'card') {
    return {
      quoteId,
      customer: { email: 'shopper@example.com', phone: '+493012345678' },
      shippingAddress: addresses[country],
      payment: { method },
      ...(this.#channel === undefined ? {} : { channel: this.#channel }),
    };
  }

  place(
    quoteId: string,
    country: string,
    key: string = randomUUID(),
    method: string = 'card',
  ): Promise<Placed> {
    return this.#storefront.call<Placed>({
      method: 'POST',
      path: '/v1/orders',
      headers: { 'idempotency-key': key },
      body: this.placeBody(quoteId, country, method),
    });
  }

  order({ orderId, accessToken }: Pick<Placed, 'orderId' | 'accessToken'>): Promise<OrderAnswer> {
    return this.#storefront.call<OrderAnswer>({
      method: 'GET',
      path: `/v1/orders/${orderId}`,
      headers: { authorization: `Bearer ${accessToken}` },
    });
  }

  cancel({ orderId, accessToken }: Placed): Promise<{ outcome: string }> {
    return this.#storefront.call({
      method: 'POST',
      path: `/v1/orders/${orderId}/cancellation`,
      headers: { authorization: `Bearer ${accessToken}` },
    });
  }

  /** Places the order. Repeats the request with the same key while the provider has not answered. */
  #placeToPay(quoteId: string, country: string): Promise<Placed> {
    const key = randomUUID();
    return patiently(async () => {
      const placed = await this.place(quoteId, country, key);
      if (placed.payment.nextAction.type === 'pending') throw new Error('the payment has not started yet');
      return placed;
    });
  }

  /** Quotes, places and pays. */
  async buy(basket: Basket, stripeUrl: string, card?: string): Promise<Placed> {
    const { quoteId } = await this.quote(basket);
    const placed = await this.#placeToPay(quoteId, basket.destination.country);
    await confirmAsBrowser(stripeUrl, placed.payment.nextAction.clientSecret ?? '', card);
    return placed;
  }

  /** The order as soon as `until` is true for it. Throws with the timeline if that takes too long. */
  async follow(
    placed: Pick<Placed, 'orderId' | 'accessToken'>,
    until: (order: OrderAnswer) => boolean,
    withinMs = 60_000,
  ): Promise<OrderAnswer> {
    const giveUpAt = Date.now() + withinMs;
    for (;;) {
      const order = await patiently(() => this.order(placed));
      if (until(order)) return order;
      if (Date.now() > giveUpAt) {
        throw new Error(
          `${order.orderId} is ${order.status}: ${order.timeline.map(({ fact }) => fact).join(', ')}`,
        );
      }
      await wait(50);
    }
  }
}

export const isDelivered = (order: OrderAnswer) => order.status === 'delivered';

/** Repeats a call while the backend is away, for as long as a restart takes. A refusal is not repeated. */
export async function patiently<T>(call: () => Promise<T>, withinMs = 40_000): Promise<T> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const refused = error instanceof ApiProblem && error.status < 500;
      if (refused || Date.now() > giveUpAt) throw error;
      await wait(50);
    }
  }
}
