import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient, Call } from '../../infra/cli/client/api-client.ts';
import { forEachAtOnce, seed } from '../../infra/cli/sample-shop/seed.ts';
import { storefrontClient } from '../../infra/cli/start/demo-order.ts';
import { type Backend, difference } from '../../infra/local/start-backend.ts';
import { confirmAsBrowser } from '../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import type { Counts } from '../../shared/usage/bill.ts';
import type { CallCounter, TableCall } from './count-calls.ts';

export interface Shop {
  readonly backend: Backend;
  readonly calls: CallCounter;
  readonly storefront: ApiClient;
  /** The number of requests of the storefront. */
  requests(): number;
}

export interface Destination {
  readonly currency: string;
  readonly address: {
    readonly city: string;
    readonly region?: string;
    readonly postalCode: string;
    readonly country: string;
  };
}

export interface QuoteCost {
  readonly counts: Counts;
  readonly calls: readonly TableCall[];
}

/** The costs of an order since its quote, at three moments. */
export interface OrderCost {
  readonly placed: Counts;
  readonly paid: Counts;
  readonly delivered: Counts;
  /** The number of requests of the storefront from the quote until it saw that the order is paid. */
  readonly storefrontRequests: number;
}

const SETTLED_WITHIN_MS = 60_000;
const skuOf = (colour: number) => `TSHIRT-COLOUR-${colour + 1}`;

/** Stores the sample shop and one kind of goods in many colours, all at Shenzhen. */
export async function openShop(backend: Backend, calls: CallCounter, colours: number): Promise<Shop> {
  const { operator, url } = backend;
  const { storefrontKey } = await seed(operator);
  const skus = Array.from({ length: colours }, (_, colour) => skuOf(colour));
  await forEachAtOnce(skus, async (sku) => {
    await operator.call({
      method: 'PUT',
      path: `/v1/admin/products/${sku}`,
      body: {
        ...{ description: 'Cotton knit T-shirt', hsCode: '610910', originCountry: 'CN' },
        nationalCodes: { EU: '61091000', GB: '61091000', US: '6109100012' },
        ...{ unitWeightGrams: 180, dimensions: { lengthMm: 300, widthMm: 240, heightMm: 20 } },
        prices: [{ amount: 590, currency: 'EUR' }],
        compliance: { identifiers: { manufacturer: 'MFR-TSHIRT', noGtin: true } },
      },
    });
    await operator.call({
      method: 'POST',
      path: '/v1/admin/stock/movements',
      headers: { 'idempotency-key': `received-${sku}` },
      body: { kind: 'receive', sku, warehouseId: 'cn-shenzhen', quantity: 1_000 },
    });
  });
  let requests = 0;
  const client = storefrontClient(url, storefrontKey);
  const storefront = {
    call<T>(call: Call) {
      requests += 1;
      return client.call<T>(call);
    },
  };
  return { backend, calls, storefront, requests: () => requests };
}

/** The costs of quotes with these numbers of lines, in turn. */
export async function costOfQuotes(
  shop: Shop,
  to: Destination,
  lines: number,
  times: number,
): Promise<QuoteCost[]> {
  const costs: QuoteCost[] = [];
  for (let time = 0; time < times; time += 1) {
    const before = await startingPoint(shop);
    await quote(shop, to, lines);
    costs.push({ counts: await countsOnceSettled(shop, before), calls: shop.calls.take() });
  }
  return costs;
}

/** Places an order with that number of lines, pays it as the shopper's browser does, and lets it be delivered. */
export async function costOfOrder(shop: Shop, to: Destination, lines: number): Promise<OrderCost> {
  const { backend, calls, storefront } = shop;
  const requestsBefore = shop.requests();
  const { quoteId } = await quote(shop, to, lines);
  const before = await startingPoint(shop);
  const { orderId, accessToken, payment } = await storefront.call<{
    orderId: string;
    accessToken: string;
    payment: { nextAction: { clientSecret?: string } };
  }>({
    method: 'POST',
    path: '/v1/orders',
    headers: { 'idempotency-key': quoteId },
    body: {
      ...{
        quoteId,
        customer: { email: 'shopper@example.com', phone: '+493012345678' },
        payment: { method: 'card' },
      },
      shippingAddress: { name: 'Sam Sample', line1: '1 Sample Street', ...to.address },
    },
  });
  const placed = await countsOnceSettled(shop, before);
  const captured = calls.written(orderId, 'payment.captured');
  const arrived = calls.written(orderId, 'order.delivered');
  await confirmAsBrowser(backend.partners.urlOf('stripe'), payment.nextAction.clientSecret ?? '');
  await captured;
  const paid = difference(backend.counts(), before);
  await arrived;
  const delivered = await countsOnceSettled(shop, before);
  // This is after the count, so that it is not counted.
  const { timeline } = await storefront.call<{ timeline: { fact: string }[] }>({
    method: 'GET',
    path: `/v1/orders/${orderId}`,
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (!timeline.some(({ fact }) => fact === 'payment.captured')) throw new Error(`${orderId} is not paid`);
  return { placed, paid, delivered, storefrontRequests: shop.requests() - requestsBefore };
}

function quote({ storefront }: Shop, { currency, address }: Destination, lines: number) {
  const { country, region, postalCode } = address;
  const destination = { country, postalCode, ...(region === undefined ? {} : { region }) };
  const goods = Array.from({ length: lines }, (_, colour) => ({ sku: skuOf(colour), quantity: 1 }));
  const body = { destination, currency, lines: goods };
  return storefront.call<{ quoteId: string }>({ method: 'POST', path: '/v1/quotes', body });
}

async function startingPoint({ backend, calls }: Shop): Promise<Counts> {
  await backend.cloud.settled(SETTLED_WITHIN_MS);
  calls.take();
  return backend.counts();
}

/** The count since that moment. Waits until the backend has no work left. */
async function countsOnceSettled({ backend }: Shop, before: Counts): Promise<Counts> {
  await wait(50);
  await backend.cloud.settled(SETTLED_WITHIN_MS);
  return difference(backend.counts(), before);
}
