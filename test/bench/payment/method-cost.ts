import type { ApiClient } from '../../../infra/cli/client/api-client.ts';
import { hasEnded } from '../../../infra/cli/start/demo-order.ts';
import { becomesQuiet } from '../../../infra/local/becomes-quiet.ts';
import { type Backend, difference } from '../../../infra/local/start-backend.ts';
import { confirmAsBrowser } from '../../../shared/payment/providers/stripe/sandbox/confirm-as-browser.ts';
import { bill, type Counts } from '../../../shared/usage/bill.ts';
import { medianCounts } from '../median-counts.ts';

/** What an order by a method uses from its quote to its delivery. */
export interface MethodCost {
  readonly method: string;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly invocations: number;
  /** At list price on demand, with the duration of `bench bill`. */
  readonly microUsd: number;
}

interface PaymentShop {
  readonly backend: Backend;
  readonly storefront: ApiClient;
}

interface NextAction {
  readonly type: string;
  readonly clientSecret?: string;
  readonly url?: string;
}

/** A method with a destination at which it is offered. */
interface PaidBy {
  readonly method: string;
  readonly address: { readonly city: string; readonly postalCode: string; readonly country: string };
  readonly pay: (shop: PaymentShop, action: NextAction) => Promise<void>;
}

const hamburg = { city: 'Hamburg', postalCode: '20095', country: 'DE' };
const paidBy: readonly PaidBy[] = [
  {
    ...{ method: 'card', address: hamburg },
    pay: ({ backend }, { clientSecret = '' }) =>
      confirmAsBrowser(backend.partners.urlOf('stripe'), clientSecret),
  },
  {
    ...{ method: 'klarna', address: hamburg },
    pay: async ({ backend }, { clientSecret = '' }) => {
      const url = backend.partners.urlOf('stripe');
      const [intent = ''] = clientSecret.split('_secret_');
      await fetch(`${url}/v1/payment_intents/${intent}/confirm`, {
        method: 'POST',
        headers: { authorization: 'Bearer pk_test_bench' },
        body: new URLSearchParams({
          ...{ client_secret: clientSecret, return_url: 'https://shop.example' },
          'payment_method_data[type]': 'klarna',
        }),
      });
      await fetch(`${url}/sandbox/authorise/${intent}?outcome=succeed`, { redirect: 'manual' });
    },
  },
  {
    ...{ method: 'ideal', address: { city: 'Utrecht', postalCode: '3511 AB', country: 'NL' } },
    pay: (_shop, { url = '' }) => choosePay(url),
  },
];

/** The first choice of the page of a sandbox is that the shopper pays. */
async function choosePay(url: string): Promise<void> {
  const page = await (await fetch(url)).text();
  const [, outcome] = /href="\?outcome=([\w-]+)"/.exec(page) ?? [];
  if (outcome === undefined) throw new Error(`no choice on ${url}`);
  const answer = await fetch(`${url}?outcome=${outcome}`, { redirect: 'manual' });
  await answer.arrayBuffer();
}

const WARM_UP = 1;
const COUNTED = 3;
const MAX_TRIES = 8;
/** The duration of an invocation times its memory, as `bench bill` states it. */
const MB_MS_PER_INVOCATION = 10_900;

/** Carries orders by each method to their delivery, one at a time. Of each unit the median counts. */
export async function measureMethods(shop: PaymentShop): Promise<MethodCost[]> {
  const costs: MethodCost[] = [];
  for (const by of paidBy) costs.push(costOf(by.method, await countsOf(shop, by)));
  return costs;
}

async function countsOf(shop: PaymentShop, by: PaidBy): Promise<Counts> {
  for (let warm = 0; warm < WARM_UP; warm += 1) await deliver(shop, by);
  const counted: Counts[] = [];
  for (let tries = 0; counted.length < COUNTED; tries += 1) {
    if (tries === MAX_TRIES) throw new Error('jobs run during every order');
    const before = shop.backend.counts();
    await deliver(shop, by);
    const counts = difference(shop.backend.counts(), before);
    if (counts['scheduler.invocations'] === undefined) counted.push(counts);
  }
  // A container reads each secret once in five minutes, for any number of orders.
  const { 'secrets.get': _settings, ...counts } = medianCounts(counted);
  return { ...counts, 'lambda.mbMs': (counts['lambda.requests'] ?? 0) * MB_MS_PER_INVOCATION };
}

function costOf(method: string, counts: Counts): MethodCost {
  const count = (unit: string) => counts[unit] ?? 0;
  return {
    ...{ method, writeUnits: count('dynamodb.writeUnits'), readUnits: count('dynamodb.readUnits') },
    ...{ invocations: count('lambda.requests'), microUsd: bill(counts).totalMicroUsd },
  };
}

async function deliver(shop: PaymentShop, { method, address, pay }: PaidBy): Promise<void> {
  const { backend, storefront } = shop;
  const { country, postalCode } = address;
  const lines = [{ sku: 'TSHIRT-COTTON-NAVY', quantity: 1 }];
  const asked = { destination: { country, postalCode }, currency: 'EUR', incoterm: 'DDP', lines };
  const { quoteId } = await storefront.call<{ quoteId: string }>({
    ...{ method: 'POST', path: '/v1/quotes', body: asked },
  });
  const { orderId, payment } = await storefront.call<{
    orderId: string;
    payment: { nextAction: NextAction };
  }>({
    ...{ method: 'POST', path: '/v1/orders', headers: { 'idempotency-key': quoteId } },
    body: {
      ...{ quoteId, customer: { email: 'erika.musterfrau@example.com', phone: '+4915112345678' } },
      shippingAddress: { name: 'Erika Musterfrau', line1: 'Hauptstraße 1', ...address },
      payment: { method, returnUrl: 'https://shop.example/thanks' },
    },
  });
  await pay(shop, payment.nextAction);
  if (!(await becomesQuiet(backend))) throw new Error('the backend still works after a minute');
  const path = `/v1/admin/orders/${orderId}`;
  const order = await backend.operator.call<{ status: string }>({ method: 'GET', path });
  if (!hasEnded(order)) throw new Error(`${orderId} by ${method} is ${order.status}`);
}
