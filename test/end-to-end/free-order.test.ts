import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem } from '../../infra/cli/client/api-client.ts';
import { sampleCatalogue } from '../../infra/cli/sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../infra/cli/sample-shop/network.ts';
import { productBody } from '../../infra/cli/sample-shop/sample-product.ts';
import { storefrontClient } from '../../infra/cli/start/demo-order.ts';
import { balances, imbalances, operatorView, type RunningBackend, runBackend } from './running-backend.ts';
import { isDelivered, type Placed, Shopper } from './shopper.ts';

const SAMPLE = 'SAMPLE-MUG';
const STOREFRONT = 'samples';
/** The shipping is free, and the consignee pays what the customs ask for. */
const basket = {
  destination: { country: 'DE', postalCode: '20095' },
  ...{ currency: 'EUR', incoterm: 'DAP' as const, lines: [{ sku: SAMPLE, quantity: 2 }] },
};
const freeCard = {
  ...{ rateCardId: 'free', currency: 'EUR', validFrom: '2025-01-01', maxWeightGrams: 30_000 },
  ...{ maxLongestSideMm: 1_200, maxLengthPlusGirthMm: 3_000 },
  zones: [{ zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor: 0 }] }],
};
const customer = { email: 'sample@example.com', phone: '+493012345678' };

describe('an order of which nothing is to be paid', () => {
  let running: RunningBackend;
  let storefront: ApiClient;
  let shopper: Shopper;

  const put = <Answer>(path: string, body: object) =>
    running.backend.operator.call<Answer>({ method: 'PUT', path, body });
  const storefrontWith = async (takesFreeOrders: boolean) => {
    const { publishableKey } = await put<{ publishableKey: string }>(
      `/v1/admin/storefronts/${takesFreeOrders ? STOREFRONT : 'paid-only'}`,
      { name: 'Samples', takesFreeOrders },
    );
    return storefrontClient(running.backend.url, publishableKey);
  };
  const placeWith = async (method: string) => {
    const { quoteId } = await shopper.quote(basket);
    return storefront.call<Placed>({
      ...{ method: 'POST', path: '/v1/orders', headers: { 'idempotency-key': randomUUID() } },
      body: { ...shopper.placeBody(quoteId, 'DE'), customer, payment: { method } },
    });
  };
  const refusalOf = async (attempt: Promise<unknown>) => {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ApiProblem)) throw new Error('the call was not refused');
    const { type } = error.problem as { readonly type: string };
    return [error.status, type.split('/').at(-1)];
  };

  beforeAll(async () => {
    running = await runBackend();
    const mug = sampleCatalogue.find(({ sku }) => sku === 'MUG-CERAMIC-350');
    const [shenzhen] = sampleWarehouses;
    if (mug === undefined || shenzhen === undefined) throw new Error('the sample shop has mugs in Shenzhen');
    const { sku: _sku, ...product } = productBody(mug);
    await put(`/v1/admin/products/${SAMPLE}`, {
      ...product,
      prices: [{ amount: 0, currency: 'EUR' }],
      customsValue: { amount: 450, currency: 'EUR' },
    });
    const { warehouseId, ...warehouse } = shenzhen;
    const lanes = [{ ...warehouse.lanes[0], rateCards: [freeCard] }];
    await put(`/v1/admin/warehouses/${warehouseId}`, { ...warehouse, lanes });
    await running.backend.operator.call({
      ...{ method: 'POST', path: '/v1/admin/stock/movements' },
      headers: { 'idempotency-key': randomUUID() },
      body: { kind: 'receive', sku: SAMPLE, warehouseId, quantity: 20 },
    });
    storefront = await storefrontWith(true);
    shopper = new Shopper(storefront);
  }, 240_000);
  afterAll(() => running.stop());

  it('is carried to its delivery without a payment session, and its books balance', async () => {
    const { methods } = await storefront.call<{ methods: object[] }>({
      method: 'GET',
      path: '/v1/payment-methods?country=DE&currency=EUR&amount=0',
    });
    expect(methods).toEqual([{ method: 'none', provider: 'none' }]);
    const placed = await placeWith('none');
    expect(placed.payment.nextAction).toEqual({ type: 'none' });
    const order = await shopper.follow(placed, isDelivered);
    expect(order.timeline.map(({ fact }) => fact)).toEqual(
      expect.arrayContaining(['payment.authorised', 'screening.released', 'payment.captured']),
    );
    const view = await operatorView(running.backend, placed.orderId);
    expect(view.landedCost.totals.total).toEqual({ amount: 0, currency: 'EUR' });
    expect(view.attention).toEqual([]);
    const declared = view.facts.find(({ name }) => name === 'declaration.filed');
    expect(declared?.data).toMatchObject({ dataSet: 'EU_H7' });
    expect(imbalances(view)).toEqual([]);
    expect(Object.values(balances(view)).every((amount) => amount === 0)).toBe(true);
  });

  it('is one of a shopper a day, also after the first was delivered', async () => {
    expect(await refusalOf(placeWith('none'))).toEqual([429, 'too-many-free']);
  });

  it('takes no other method, and a storefront that gives nothing away makes no quote of it', async () => {
    expect(await refusalOf(placeWith('card'))).toEqual([422, 'method-not-offered']);
    const paidOnly = await storefrontWith(false);
    expect(await refusalOf(new Shopper(paidOnly).quote(basket))).toEqual([422, 'nothing-to-pay']);
    const many = { ...basket, lines: [{ sku: SAMPLE, quantity: 6 }] };
    expect(await refusalOf(shopper.quote(many))).toEqual([422, 'too-many-units']);
  });
});
