import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storefrontClient } from '../../infra/cli/start/demo-order.ts';
import { type RunningBackend, runBackend } from './running-backend.ts';
import { baskets, Shopper } from './shopper.ts';

interface Problem {
  readonly type: string;
  readonly status: number;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
}

describe('a request that the contract does not allow', () => {
  let running: RunningBackend;
  beforeAll(async () => {
    running = await runBackend();
  });
  afterAll(() => running.stop());

  async function send(
    path: string,
    init: RequestInit,
  ): Promise<{ status: number; type: string | null; problem: Problem }> {
    const headers = {
      'x-entrepot-key': running.storefrontKey,
      'content-type': 'application/json',
      ...init.headers,
    };
    const response = await fetch(`${running.backend.url}${path}`, { ...init, headers });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      problem: (await response.json()) as Problem,
    };
  }
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(path, { method: 'POST', body: JSON.stringify(body), headers });
  const pointers = ({ errors = [] }: Problem) => errors.map(({ pointer }) => pointer);

  it.each([
    ['an unknown field', { ...baskets.DE, colour: 'red' }, '/colour'],
    ['a wrong type', { ...baskets.DE, currency: 5 }, '/currency'],
    ['an unknown SKU', { ...baskets.DE, lines: [{ sku: 'NO-SUCH-THING', quantity: 1 }] }, '/lines/0/sku'],
    ['a quantity of zero', { ...baskets.DE, lines: [{ sku: 'MAT-YOGA', quantity: 0 }] }, '/lines/0/quantity'],
    [
      'a negative quantity',
      { ...baskets.DE, lines: [{ sku: 'MAT-YOGA', quantity: -1 }] },
      '/lines/0/quantity',
    ],
    ['half a unit', { ...baskets.DE, lines: [{ sku: 'MAT-YOGA', quantity: 0.5 }] }, '/lines/0/quantity'],
    ['a huge quantity', { ...baskets.DE, lines: [{ sku: 'MAT-YOGA', quantity: 1e12 }] }, '/lines/0/quantity'],
    [
      'more units than the warehouse has in that state',
      { ...baskets.DE, lines: [{ sku: 'MAT-YOGA', quantity: 9000 }] },
      '/lines/0/quantity',
    ],
    ['no lines', { ...baskets.DE, lines: [] }, '/lines'],
    [
      'a destination that is not served',
      { ...baskets.DE, destination: { country: 'IS' } },
      '/destination/country',
    ],
    ['an unknown country', { ...baskets.DE, destination: { country: 'Germany' } }, '/destination/country'],
    ['an unknown currency', { ...baskets.DE, currency: 'XYZ' }, '/currency'],
    ['a currency without a rate', { ...baskets.DE, currency: 'KWD' }, '/currency'],
  ])('gets 422 with a pointer for a quote with %s', async (_what, body, pointer) => {
    const { status, type, problem } = await post('/v1/quotes', body);
    expect({ status, type }).toEqual({ status: 422, type: 'application/problem+json' });
    expect(pointers(problem)).toContain(pointer);
  });

  it('gets 400 for malformed JSON, 415 for another media type, 401 for a missing or 403 for an unknown key', async () => {
    expect((await send('/v1/quotes', { method: 'POST', body: '{"lines":' })).status).toBe(400);
    const xml = { method: 'POST', body: '<quote/>', headers: { 'content-type': 'application/xml' } };
    expect((await send('/v1/quotes', xml)).status).toBe(415);
    const { url } = running.backend;
    const bare = { method: 'POST', body: JSON.stringify(baskets.DE) };
    expect((await fetch(`${url}/v1/quotes`, bare)).status).toBe(401);
    expect(
      (await fetch(`${url}/v1/quotes`, { ...bare, headers: { 'x-entrepot-key': 'pk_nobody' } })).status,
    ).toBe(403);
  });

  it('gets 400 for an order without idempotency key, the same answer for a repeat, 422 for another body', async () => {
    const { shopper } = running;
    const { quoteId } = await shopper.quote(baskets.DE);
    const body = shopper.placeBody(quoteId, 'DE');
    expect((await post('/v1/orders', body)).status).toBe(400);
    const key = { 'idempotency-key': randomUUID() };
    const first = await post('/v1/orders', body, key);
    const second = await post('/v1/orders', body, key);
    expect(first.status).toBe(201);
    expect(second).toEqual(first);
    const other = await post(
      '/v1/orders',
      { ...body, customer: { email: 'other@example.com', phone: '+493012345678' } },
      key,
    );
    expect({ status: other.status, pointers: pointers(other.problem) }).toEqual({
      status: 422,
      pointers: ['#/headers/idempotency-key'],
    });
  });

  it('gets 409 for a consumed quote, and 404 for an unknown quote or one of another storefront', async () => {
    const { backend, shopper } = running;
    const { quoteId } = await shopper.quote(baskets.DE);
    await shopper.place(quoteId, 'DE');
    expect(
      (await post('/v1/orders', shopper.placeBody(quoteId, 'DE'), { 'idempotency-key': randomUUID() }))
        .status,
    ).toBe(409);
    const unknown = shopper.placeBody('quo_01KAXB3J5K0000000000000000', 'DE');
    expect((await post('/v1/orders', unknown, { 'idempotency-key': randomUUID() })).status).toBe(404);
    const { publishableKey } = await backend.operator.call<{ publishableKey: string }>({
      method: 'PUT',
      path: '/v1/admin/storefronts/other-shop',
      body: { name: 'Other shop' },
    });
    const other = new Shopper(storefrontClient(backend.url, publishableKey));
    const { quoteId: foreign } = await other.quote(baskets.DE);
    expect(
      (await post('/v1/orders', shopper.placeBody(foreign, 'DE'), { 'idempotency-key': randomUUID() }))
        .status,
    ).toBe(404);
  });

  it('gets 422 for another address than quoted, and for a method that is not offered', async () => {
    const { shopper } = running;
    const { quoteId } = await shopper.quote(baskets.DE);
    const key = () => ({ 'idempotency-key': randomUUID() });
    const elsewhere = await post('/v1/orders', shopper.placeBody(quoteId, 'GB'), key());
    expect({ status: elsewhere.status, pointers: pointers(elsewhere.problem) }).toEqual({
      status: 422,
      pointers: ['/shippingAddress'],
    });
    const body = { ...shopper.placeBody(quoteId, 'DE'), payment: { method: 'shells' } };
    const method = await post('/v1/orders', body, key());
    expect({ status: method.status, pointers: pointers(method.problem) }).toEqual({
      status: 422,
      pointers: ['/payment/method'],
    });
    // The quote can still be ordered after both refusals.
    expect((await post('/v1/orders', shopper.placeBody(quoteId, 'DE'), key())).status).toBe(201);
  });

  it('leaves one order and one refusal if two buyers want the last unit, and stock stays at zero or above', async () => {
    const { backend, shopper } = running;
    await backend.operator.call({
      method: 'PUT',
      path: '/v1/admin/products/LAST-ONE',
      body: {
        description: 'The last cotton T-shirt',
        hsCode: '610910',
        originCountry: 'CN',
        unitWeightGrams: 180,
        dimensions: { lengthMm: 300, widthMm: 200, heightMm: 20 },
        prices: [{ amount: 1000, currency: 'EUR' }],
      },
    });
    await backend.operator.call({
      method: 'POST',
      path: '/v1/admin/stock/movements',
      headers: { 'idempotency-key': 'last-one' },
      body: { kind: 'receive', sku: 'LAST-ONE', warehouseId: 'pl-poznan', quantity: 3 },
    });
    const basket = { ...baskets.DE, lines: [{ sku: 'LAST-ONE', quantity: 1 }] };
    const quotes = await Promise.all(Array.from({ length: 8 }, () => shopper.quote(basket)));
    const answers = await Promise.all(
      quotes.map(({ quoteId }) =>
        post('/v1/orders', shopper.placeBody(quoteId, 'DE'), { 'idempotency-key': randomUUID() }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
    const { warehouses } = await backend.operator.call<{
      warehouses: { available: number; reserved: number }[];
    }>({ method: 'GET', path: '/v1/admin/stock/LAST-ONE' });
    expect(warehouses).toMatchObject([{ available: 0, reserved: 3 }]);
  });

  it('gets 404 for another shopper’s order, and for an order without its token', async () => {
    const { shopper } = running;
    const { quoteId } = await shopper.quote(baskets.DE);
    const { orderId } = await shopper.place(quoteId, 'DE');
    for (const headers of [{}, { authorization: 'Bearer ot_guess' }]) {
      expect((await send(`/v1/orders/${orderId}`, { method: 'GET', headers })).status).toBe(404);
    }
  });

  it('gets a refusal on admin routes without a token or without the scope', async () => {
    const { url, cloud } = { ...running.backend };
    const orders = (authorization?: string) =>
      fetch(`${url}/v1/admin/orders`, authorization === undefined ? {} : { headers: { authorization } });
    expect((await orders()).status).toBe(401);
    expect((await orders(`Bearer ${await cloud.issueToken(['stock:read'])}`)).status).toBe(403);
    expect((await orders(`Bearer ${await cloud.issueToken(['orders:read'])}`)).status).toBe(200);
  });

  it('can not set registrations, rates or rules with the scope of the catalogue', async () => {
    const { url, cloud } = { ...running.backend };
    const put = async (path: string, method: string, scope: string) => {
      const authorization = `Bearer ${await cloud.issueToken([scope])}`;
      const headers = { authorization, 'content-type': 'application/json' };
      return (await fetch(`${url}${path}`, { method, headers, body: method === 'GET' ? null : '{}' })).status;
    };
    for (const [path, method, scope] of [
      ['/v1/admin/seller', 'PUT', 'seller:write'],
      ['/v1/admin/exchange-rates', 'PUT', 'rates:write'],
      ['/v1/admin/rules/imports', 'POST', 'rules:write'],
      ['/v1/admin/rules', 'GET', 'rules:read'],
    ] as const) {
      expect([path, await put(path, method, 'catalogue:write')]).toEqual([path, 403]);
      expect([path, await put(path, method, scope)]).toEqual([path, 422]);
    }
    expect(await put('/v1/admin/products/X', 'PUT', 'seller:write')).toBe(403);
  });

  it('gets 4xx without effect for a webhook that is forged, unsigned, stale or from an unknown partner', async () => {
    const { shopper, backend } = running;
    const { quoteId } = await shopper.quote(baskets.DE);
    const placed = await shopper.place(quoteId, 'DE');
    const body = JSON.stringify({
      id: 'evt_forged',
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: { id: 'pi_x', metadata: { orderId: placed.orderId } } },
    });
    const hook = (code: string, headers: Record<string, string>) =>
      fetch(`${backend.url}/v1/hooks/payment/${code}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      });
    const signed = (t: number, secret: string) =>
      `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
    const now = Math.floor(Date.now() / 1000);
    expect((await hook('stripe', {})).status).toBe(401);
    expect((await hook('stripe', { 'stripe-signature': signed(now, 'whsec_guess') })).status).toBe(401);
    expect((await hook('stripe', { 'stripe-signature': signed(now - 3600, 'whsec_guess') })).status).toBe(
      401,
    );
    expect((await hook('nobody', { 'stripe-signature': signed(now, 'whsec_guess') })).status).toBe(404);
    await backend.cloud.settled(60_000);
    expect((await shopper.order(placed)).timeline.map(({ fact }) => fact)).toEqual([
      'order.placed',
      'payment.started',
    ]);
  });
});
