import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, ApiProblem, type Call } from '../../infra/cli/client/api-client.ts';
import { OPERATOR_SCOPES } from '../../infra/cli/client/operator-client.ts';
import { sampleCatalogue } from '../../infra/cli/sample-shop/catalogue.ts';
import { sampleWarehouses } from '../../infra/cli/sample-shop/network.ts';
import { productBody } from '../../infra/cli/sample-shop/sample-product.ts';
import { sampleRates, sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import type { Checkout } from '../../infra/sandbox/checkout.ts';
import type { Cloud, DeployedStack } from './cloud.ts';

/** The address of the deployed API. MiniStack answers for it under a path, and not under a host name of its own. */
export function apiOf(cloud: Cloud, journey: DeployedStack): string {
  const api = Object.values(journey.outputs).find((value) => value.includes('.execute-api.')) ?? '';
  const id = /\/\/([^.]+)\./.exec(api)?.[1] ?? '';
  return `${cloud.url}/_aws/execute-api/${id}/$default`;
}

/** A client of an API whose address has a path. Throws {@link ApiProblem} on 4xx and 5xx, and repeats nothing. */
function clientAt(api: string, headers: Readonly<Record<string, string>> = {}): ApiClient {
  return {
    async call<T>({ method, path, headers: own = {}, body }: Call): Promise<T> {
      const response = await fetch(api + path, {
        method,
        headers: { ...headers, ...own, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(60_000),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      const parsed: unknown = isJson ? JSON.parse(text) : text;
      if (!response.ok) throw new ApiProblem(`${method} ${path}`, response.status, parsed);
      return parsed as T;
    },
  };
}

/** An operator's access token of the stage's own user pool, as a program gets it. */
export async function operatorToken(cloud: Cloud, { outputs }: DeployedStack): Promise<string> {
  const { UserPoolId, MachineClientId: id = '' } = outputs;
  const service = 'AWSCognitoIdentityProviderService';
  const { UserPoolClient } = await cloud.json<{ UserPoolClient: { ClientSecret: string } }>(
    ...(['cognito-idp', `${service}.DescribeUserPoolClient`, { UserPoolId, ClientId: id }] as const),
  );
  const response = await fetch(`${cloud.url}/oauth2/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${id}:${UserPoolClient.ClientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: OPERATOR_SCOPES.map((scope) => `entrepot/${scope}`).join(' '),
    }),
  });
  const answer = (await response.json()) as { readonly access_token?: string };
  if (answer.access_token === undefined)
    throw new Error(`Cognito gives no token: ${response.status} ${JSON.stringify(answer)}`);
  return answer.access_token;
}

const SKU = 'MUG-CERAMIC-350';

/** One call of the check, by its name. It gives what a person reads, and throws if the answer is wrong. */
export interface Step {
  readonly name: string;
  readonly act: () => Promise<string>;
}

/** What a first deployment does, in the order of the guide: from the health of the stage to an order. */
export function firstSteps(api: string, token: string, checkout: Checkout): readonly Step[] {
  const nobody = clientAt(api);
  const operator = clientAt(api, { authorization: `Bearer ${token}` });
  const { warehouseId, ...warehouse } = inPoland();
  let shop = nobody;
  let quoteId = '';
  let orderId = '';
  let clientSecret = '';
  const put = async (path: string, body: object) => {
    await operator.call({ method: 'PUT', path, body });
    return 'stored';
  };
  return [
    {
      name: 'health',
      act: async () => JSON.stringify(await nobody.call({ method: 'GET', path: '/v1/health' })),
    },
    {
      name: 'quote without a key',
      act: () => refused(401, nobody.call({ method: 'POST', path: '/v1/quotes', body: {} })),
    },
    {
      name: 'orders without a token',
      act: () => refused(401, nobody.call({ method: 'GET', path: '/v1/admin/orders?status=open' })),
    },
    { name: 'unknown path', act: () => refused(404, nobody.call({ method: 'GET', path: '/v1/nothing' })) },
    {
      name: 'storefront key',
      act: async () => {
        const path = '/v1/admin/storefronts/check';
        const body = { name: 'Check' };
        const { publishableKey } = await operator.call<{ publishableKey: string }>({
          method: 'PUT',
          path,
          body,
        });
        shop = clientAt(api, { 'x-entrepot-key': publishableKey });
        return publishableKey.slice(0, 8);
      },
    },
    { name: 'seller', act: () => put('/v1/admin/seller', sampleSeller) },
    { name: 'exchange rates', act: () => put('/v1/admin/exchange-rates', sampleRates) },
    { name: 'warehouse', act: () => put(`/v1/admin/warehouses/${warehouseId}`, warehouse) },
    { name: 'product', act: () => put(`/v1/admin/products/${SKU}`, mug()) },
    {
      name: 'stock',
      act: async () => {
        const movement = { kind: 'receive', sku: SKU, warehouseId, quantity: 10 };
        const headers = { 'idempotency-key': 'check-stock' };
        await operator.call({ method: 'POST', path: '/v1/admin/stock/movements', headers, body: movement });
        return '10 units';
      },
    },
    {
      name: 'quote',
      act: async () => {
        const body = {
          destination: { country: 'DE', postalCode: '20095' },
          currency: 'EUR',
          lines: [{ sku: SKU, quantity: 2 }],
        };
        const quote = await shop.call<{ quoteId: string; totals: { total: { amount: number } } }>({
          ...{ method: 'POST', path: '/v1/quotes', body },
        });
        quoteId = quote.quoteId;
        return `${quoteId}, ${quote.totals.total.amount / 100} EUR`;
      },
    },
    {
      name: 'order',
      act: async () => {
        const address = {
          name: 'Erika Mustermann',
          line1: 'Musterstraße 1',
          city: 'Hamburg',
          postalCode: '20095',
          country: 'DE',
        };
        const placed = await shop.call<Placed>({
          ...{ method: 'POST', path: '/v1/orders', headers: { 'idempotency-key': 'check-order' } },
          body: {
            quoteId,
            customer: { email: 'erika@shop.test' },
            shippingAddress: address,
            payment: { method: 'card' },
          },
        });
        orderId = placed.orderId;
        clientSecret = placed.payment.nextAction.clientSecret ?? '';
        return `${orderId}, ${placed.status}`;
      },
    },
    {
      name: 'payment by card',
      act: async () => {
        await checkout.pay(clientSecret);
        return 'confirmed';
      },
    },
    { name: 'the journey', act: () => delivered(operator, orderId) },
  ];
}

interface Placed {
  readonly orderId: string;
  readonly status: string;
  readonly payment: { readonly nextAction: { readonly clientSecret?: string } };
}

const JOURNEY_MILLISECONDS = 90_000;

/** Waits until the order is delivered. Throws an Error with its last state where it is not in time. */
async function delivered(operator: ApiClient, orderId: string): Promise<string> {
  const startedMs = Date.now();
  for (;;) {
    const { status } = await operator.call<{ status: string }>({
      ...{ method: 'GET', path: `/v1/admin/orders/${orderId}` },
    });
    const ms = Date.now() - startedMs;
    if (status === 'delivered') return `delivered after ${(ms / 1_000).toFixed(1)} s`;
    if (ms > JOURNEY_MILLISECONDS) throw new Error(`still ${status} after ${Math.round(ms / 1_000)} s`);
    await sleep(500);
  }
}

/** The sample warehouse that sends within the European Union, so that no declaration is needed. */
function inPoland() {
  const found = sampleWarehouses.find(({ address }) => address.country === 'PL');
  if (found === undefined) throw new Error('the sample shop has no warehouse in Poland');
  // Its goods come from another warehouse, which the check does not store.
  return { ...found, parent: undefined };
}

/** A product of the sample shop, in the form of the API. */
function mug(): object {
  const found = sampleCatalogue.find(({ sku }) => sku === SKU);
  if (found === undefined) throw new Error(`the sample shop has no ${SKU}`);
  const { sku: _inThePath, ...body } = productBody(found);
  return body;
}

async function refused(status: number, call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === status) return `refused with ${status}`;
    throw error;
  }
  throw new Error(`it was not refused with ${status}`);
}
