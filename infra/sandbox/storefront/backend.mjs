// The calls of a storefront to the API: quote, methods, order, payment, and the order's state. No library is needed.

const MAX_REPEATS = 10;
const REPEAT_AFTER_MS = 500;

/** A refusal of the API with the API's own text (RFC 9457 problem details). */
export class Problem extends Error {
  constructor(problem, status) {
    const fields = (problem.errors ?? []).map(({ detail }) => detail).filter(Boolean);
    super([...new Set(fields.length > 0 ? fields : [problem.detail ?? problem.title])].join('; '));
    this.status = status;
    this.code = problem.type?.split('/').at(-1);
    /** The wrong fields, as JSON pointers into the request. */
    this.pointers = (problem.errors ?? []).map(({ pointer }) => pointer);
  }
}

/** A client of the API at `url` for the storefront with this publishable key. */
export function createBackend({ url, storefrontKey }) {
  async function call(method, path, { body, headers = {}, signal } = {}) {
    const response = await fetch(`${url}${path}`, {
      method,
      signal,
      headers: {
        'x-entrepot-key': storefrontKey,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json().catch((error) => {
      // A refusal may have no JSON. A successful answer must have it: a body that is cut off is an error.
      if (response.ok) throw error;
      return {};
    });
    if (!response.ok)
      throw new Problem({ title: `The shop answered ${response.status}.`, ...answer }, response.status);
    return answer;
  }

  return {
    /** The landed cost of these lines to this destination, with its options. */
    quote: (basket, signal) => call('POST', '/v1/quotes', { body: { incoterm: 'DDP', ...basket }, signal }),

    /** What the rules of the destination say about these products. */
    sellable: async (country, skus) => {
      const query = new URLSearchParams({ country, skus: skus.join(',') });
      return (await call('GET', `/v1/products/sellable?${query}`)).products;
    },

    /** The methods that can pay an amount there for these goods, in order, and why others can not. */
    methods: ({ country, amount, goods }) => {
      const asked = { country, currency: amount.currency, amount: amount.amount };
      const query = new URLSearchParams(goods.length > 0 ? { ...asked, goods: goods.join(',') } : asked);
      return call('GET', `/v1/payment-methods?${query}`);
    },

    /**
     * Places an order. The key makes a repeat safe: the same request with the same key gives the same order. While
     * the API could not reach the payment provider (`pending`), the request is repeated.
     */
    placeOrder: async (order, idempotencyKey) => {
      for (let repeats = 0; ; repeats += 1) {
        const headers = { 'idempotency-key': idempotencyKey };
        const placed = await call('POST', '/v1/orders', { body: order, headers });
        if (placed.payment.nextAction.type !== 'pending' || repeats === MAX_REPEATS) return placed;
        await new Promise((resolve) => setTimeout(resolve, REPEAT_AFTER_MS));
      }
    },

    /** Pays an order by another method, or begins again with its own. What was begun before can't be paid then. */
    payBy: async ({ orderId, accessToken }, choice) => {
      const headers = { authorization: `Bearer ${accessToken}` };
      return (await call('POST', `/v1/orders/${orderId}/payment`, { body: choice, headers })).payment;
    },

    /** The order as the shopper sees it. The access token came with the placed order. */
    order: ({ orderId, accessToken }) =>
      call('GET', `/v1/orders/${orderId}`, { headers: { authorization: `Bearer ${accessToken}` } }),
  };
}
