import { type ApiClient, ApiProblem } from '../../../infra/cli/client/api-client.ts';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import type { Backend } from '../../../infra/local/start-backend.ts';
import { providerOffers } from '../../../shared/payment/providers/offers.ts';
import type { Place } from './paid-methods.ts';
import type { NextAction } from './pay-as-shopper.ts';

export interface PaymentShop {
  readonly backend: Backend;
  readonly storefront: ApiClient;
}

/** One product, so that the orders differ in the payment alone. */
const SKU = 'TSHIRT-COTTON-NAVY';

/** Containers read the seller again after some seconds. */
const MAX_CHOICES = 60;
/**
 * M-Pesa takes whole shillings. The tax is 16 % of goods and freight: where both are multiples of 25 shillings, so that
 * the tax is one of 4, every total is whole.
 */
const PRICING = { rounding: { KES: { to: 'step', stepMinor: 2_500 } } };
/** Made up: a domestic sale takes a registration there. */
const LOCAL_TAX_NUMBERS = {
  CN: '91440300MA5FSAMPLE',
  VN: '0312345678',
  NG: '12345678-0001',
  KE: 'P051234567A',
};

/**
 * Makes the provider the only one, with each of its methods, and waits until the functions know it. `more` are members
 * of the registrations.
 */
export async function chooseProvider(
  { backend, storefront }: PaymentShop,
  code: string,
  more: object = {},
): Promise<void> {
  const taxNumbers = { ...sampleSeller.taxNumbers, ...LOCAL_TAX_NUMBERS };
  const own = providerOffers.find((one) => one.code === code)?.methods ?? [];
  const methods = Object.fromEntries(own.map(({ method }) => [method, code]));
  const payment = { providers: [code], methods };
  const body = { ...sampleSeller, taxNumbers, pricing: PRICING, payment, ...more };
  await backend.operator.call({ method: 'PUT', path: '/v1/admin/seller', body });
  for (let tries = 0; tries < MAX_CHOICES; tries += 1) {
    const { refused } = await storefront.call<{ refused: readonly { reason: string; provider: string }[] }>({
      ...{ method: 'GET', path: '/v1/payment-methods?country=DE&currency=EUR&amount=5000' },
    });
    const unchosen = refused.filter(({ reason }) => reason === 'provider-not-chosen');
    if (unchosen.length > 0 && unchosen.every((one) => one.provider !== code)) return;
    await new Promise((done) => setTimeout(done, 1_000));
  }
  throw new Error(`the shop does not offer ${code} after a minute`);
}

/** Receives 500 units at a warehouse. The movement's key is of the warehouse and the purpose. */
export async function receiveStock(
  { operator }: Backend,
  warehouseId: string,
  purpose: string,
): Promise<void> {
  await operator.call({
    ...{ method: 'POST', path: '/v1/admin/stock/movements' },
    headers: { 'idempotency-key': `${purpose}-${warehouseId}` },
    body: { kind: 'receive', sku: SKU, warehouseId, quantity: 500 },
  });
}

/** The function that places orders did not know the chosen provider yet. */
export class OtherProvider extends Error {}

/** Repeats what is refused until the functions that quote and place orders know the chosen provider too. */
export async function onceKnown<Done>(act: () => Promise<Done>): Promise<Done> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      const isEarly = error instanceof OtherProvider || (error instanceof ApiProblem && error.status === 422);
      if (!isEarly || tries === MAX_CHOICES) throw error;
      await new Promise((done) => setTimeout(done, 1_000));
    }
  }
}

const UPI_ADDRESS = 'asha@okaxis';

export interface Placed {
  readonly orderId: string;
  readonly payment: {
    readonly paymentId: string;
    readonly method: string;
    readonly provider: string;
    readonly nextAction: NextAction;
  };
}

interface Quoted {
  readonly quoteId: string;
  readonly totals: { readonly total: { readonly amount: number; readonly currency: string } };
}

export function quote(
  storefront: ApiClient,
  { country, currency, address }: Place,
  quantity: number,
): Promise<Quoted> {
  const { postalCode, region } = address;
  const body = {
    ...{ currency, incoterm: 'DDP', lines: [{ sku: SKU, quantity }] },
    destination: { country, ...filled({ postalCode, region }) },
  };
  return storefront.call<Quoted>({ method: 'POST', path: '/v1/quotes', body });
}

/** Quotes and places an order, whose payment is started. */
export async function placeOrder(
  storefront: ApiClient,
  { place, method, quantity }: { readonly place: Place; readonly method: string; readonly quantity: number },
): Promise<Placed> {
  const { quoteId } = await quote(storefront, place, quantity);
  return storefront.call<Placed>({
    ...{ method: 'POST', path: '/v1/orders', headers: { 'idempotency-key': quoteId } },
    body: orderBody(quoteId, method, place),
  });
}

function orderBody(quoteId: string, method: string, { country, address }: Place): object {
  const { phone, ...postal } = address;
  return {
    ...{ quoteId, customer: { email: 'shopper@example.com', phone } },
    shippingAddress: { ...filled(postal), country },
    payment: {
      method,
      returnUrl: 'https://shop.example/thanks',
      ...(country === 'IN' ? { vpa: UPI_ADDRESS } : {}),
    },
  };
}

const filled = (members: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''));
