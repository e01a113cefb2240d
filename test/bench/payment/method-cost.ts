import { type ApiClient, ApiProblem } from '../../../infra/cli/client/api-client.ts';
import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { hasEnded } from '../../../infra/cli/start/demo-order.ts';
import type { Step } from '../../../infra/cli/terminal/progress.ts';
import { becomesQuiet } from '../../../infra/local/becomes-quiet.ts';
import { type Backend, difference } from '../../../infra/local/start-backend.ts';
import { findShownProviders, type ShownProvider } from '../../../infra/sandbox/find-checkout.ts';
import { bill, type Counts } from '../../../shared/usage/bill.ts';
import { medianCounts } from '../median-counts.ts';
import { localPlaces, type PaidMethod, type Place } from './paid-methods.ts';
import { type NextAction, payAsShopper } from './pay-as-shopper.ts';

/** What an order by a method uses from its quote to its delivery. */
export interface MethodCost {
  readonly method: string;
  readonly provider: string;
  readonly country: string;
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

/** A shop in which one provider takes the payments. */
interface ProviderShop extends PaymentShop {
  readonly provider: ShownProvider;
}

/** A method with the number of units for which it is offered. */
interface Ordered extends PaidMethod {
  readonly quantity: number;
}

interface Measured {
  readonly costs: readonly MethodCost[];
  /** Methods that no basket could be paid by: `m-pesa by ...`. */
  readonly left: readonly string[];
}

/** Orders of a provider that are not counted: containers start with them. */
const WARM_UP = 1;
const COUNTED = 3;
const MAX_TRIES = 8;
/** Containers read the seller again after some seconds. */
const MAX_CHOICES = 60;
/** The duration of an invocation times its memory, as `bench bill` states it. */
const MB_MS_PER_INVOCATION = 10_900;
/** One product, so that the orders differ in the payment alone; more units where one is below a method's minimum. */
const SKU = 'TSHIRT-COTTON-NAVY';
const QUANTITIES = [1, 3, 4, 5] as const;

/** Made-up rates of a domestic lane, in euros. */
const LOCAL_FREIGHT = { currency: 'EUR', firstMinor: 300, furtherMinor: 100 };
/**
 * M-Pesa takes whole shillings. The tax is 16 % of goods and freight: where both are multiples of 25 shillings, so that
 * the tax is one of 4, every total is whole.
 */
const KENYAN_FREIGHT = { currency: 'KES', firstMinor: 45_000, furtherMinor: 15_000 };
const PRICING = { rounding: { KES: { to: 'step', stepMinor: 2_500 } } };

const localCard = (rateCardId: string, country: string) => {
  const { currency, firstMinor, furtherMinor } = country === 'KE' ? KENYAN_FREIGHT : LOCAL_FREIGHT;
  return {
    ...{ rateCardId, currency, validFrom: '2025-01-01', maxWeightGrams: 30_000 },
    ...{ maxLongestSideMm: 1_200, maxLengthPlusGirthMm: 3_000 },
    zones: [
      {
        ...{ zone: 'all', weightBreaks: [{ upToGrams: 500, priceMinor: firstMinor }] },
        additionalStep: { stepGrams: 500, priceMinor: furtherMinor },
      },
    ],
  };
};
/** Made up: a domestic sale takes a registration there. */
const LOCAL_TAX_NUMBERS = {
  CN: '91440300MA5FSAMPLE',
  VN: '0312345678',
  NG: '12345678-0001',
  KE: 'P051234567A',
};

/** The orders that {@link measureMethods} carries at least. */
export const ordersOf = (methods: readonly PaidMethod[]): number =>
  methods.length * COUNTED + new Set(methods.map(({ provider }) => provider)).size * WARM_UP;

/** Carries orders by each method to their delivery, one at a time. Of each unit the median counts. */
export async function measureMethods(
  shop: PaymentShop,
  methods: readonly PaidMethod[],
  step: Step,
): Promise<Measured> {
  await openLocalWarehouses(shop.backend);
  const shown = await findShownProviders(shop.backend.partners.urls);
  const costs: MethodCost[] = [];
  const left: string[] = [];
  for (const [code, of] of Map.groupBy(methods, ({ provider }) => provider)) {
    const provider = shown.find((one) => one.code === code);
    if (provider === undefined) throw new Error(`the sandbox of ${code} does not run`);
    const at = { ...shop, provider };
    await chooseProvider(at);
    let isWarm = false;
    for (const method of of) {
      const by = await onceKnown(() => orderedBy(shop, method));
      if (by === undefined) {
        left.push(`${method.method} by ${code}`);
        step.advance(COUNTED);
        continue;
      }
      const deliverOne = async () => {
        await deliver(at, by);
        step.advance();
      };
      if (!isWarm) await onceKnown(deliverOne);
      isWarm = true;
      costs.push(costOf(by, await countsOf(shop, deliverOne)));
    }
  }
  return { costs, left };
}

/** The smallest basket for which the method is offered; undefined if there is none. */
async function orderedBy({ storefront }: PaymentShop, by: PaidMethod): Promise<Ordered | undefined> {
  const { country } = by.place;
  for (const quantity of QUANTITIES) {
    const { totals } = await quote(storefront, by.place, quantity);
    const { amount, currency } = totals.total;
    const { methods } = await storefront.call<{ methods: readonly { readonly method: string }[] }>({
      ...{
        method: 'GET',
        path: `/v1/payment-methods?country=${country}&currency=${currency}&amount=${amount}`,
      },
    });
    if (methods.some(({ method }) => method === by.method)) return { ...by, quantity };
  }
  return undefined;
}

/** Repeats what is refused until the functions that quote and place orders know the chosen provider too. */
async function onceKnown<Done>(act: () => Promise<Done>): Promise<Done> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 422 || tries === MAX_CHOICES) throw error;
      await new Promise((done) => setTimeout(done, 1_000));
    }
  }
}

/** Opens a warehouse in each of {@link localPlaces}, which the hub serves no more, with stock. */
async function openLocalWarehouses({ operator }: Backend): Promise<void> {
  const [hub] = sampleWarehouses;
  if (hub === undefined) throw new Error('the sample network has a warehouse');
  const { warehouseId, lanes, ...warehouse } = hub;
  const put = (id: string, body: object) =>
    operator.call({ method: 'PUT', path: `/v1/admin/warehouses/${id}`, body });
  const here = localPlaces.map(({ country }) => country);
  const abroad = lanes.map((lane) => ({
    ...{ ...lane, countries: lane.countries.filter((country) => !here.includes(country)) },
  }));
  await put(warehouseId, { ...warehouse, lanes: abroad });
  for (const { country, address } of localPlaces) {
    const { taxId: _taxId, phone: _phone, ...at } = address;
    const id = `local-${country.toLowerCase()}`;
    const rateCards = [localCard(id, country)];
    await put(id, {
      ...{ ...warehouse, name: id, address: { ...at, country }, holidays: [] },
      lanes: [{ ...lanes[0], countries: [country], rateCards }],
    });
    await operator.call({
      ...{ method: 'POST', path: '/v1/admin/stock/movements', headers: { 'idempotency-key': id } },
      body: { kind: 'receive', sku: SKU, warehouseId: id, quantity: 500 },
    });
  }
}

/** Makes the provider the only one, and waits until the functions know it. */
async function chooseProvider({ backend, storefront, provider: { code } }: ProviderShop): Promise<void> {
  const taxNumbers = { ...sampleSeller.taxNumbers, ...LOCAL_TAX_NUMBERS };
  const body = { ...sampleSeller, taxNumbers, pricing: PRICING, payment: { providers: [code] } };
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

async function countsOf({ backend }: PaymentShop, deliverOne: () => Promise<void>): Promise<Counts> {
  const counted: Counts[] = [];
  for (let tries = 0; counted.length < COUNTED; tries += 1) {
    if (tries === MAX_TRIES) throw new Error('jobs run during every order');
    const before = backend.counts();
    await deliverOne();
    const counts = difference(backend.counts(), before);
    if (counts['scheduler.invocations'] === undefined) counted.push(counts);
  }
  // A container reads each secret once in five minutes, for any number of orders.
  const { 'secrets.get': _settings, ...counts } = medianCounts(counted);
  return { ...counts, 'lambda.mbMs': (counts['lambda.requests'] ?? 0) * MB_MS_PER_INVOCATION };
}

function costOf({ method, provider, place: { country } }: PaidMethod, counts: Counts): MethodCost {
  const count = (unit: string) => counts[unit] ?? 0;
  return {
    ...{ method, provider, country },
    ...{ writeUnits: count('dynamodb.writeUnits'), readUnits: count('dynamodb.readUnits') },
    ...{ invocations: count('lambda.requests'), microUsd: bill(counts).totalMicroUsd },
  };
}

interface Placed {
  readonly orderId: string;
  readonly payment: {
    readonly paymentId: string;
    readonly method: string;
    readonly provider: string;
    readonly nextAction: NextAction;
  };
}

async function deliver(shop: ProviderShop, { method, place, quantity }: Ordered): Promise<void> {
  const { backend, storefront, provider } = shop;
  const { quoteId } = await quote(storefront, place, quantity);
  const { orderId, payment } = await storefront.call<Placed>({
    ...{ method: 'POST', path: '/v1/orders', headers: { 'idempotency-key': quoteId } },
    body: orderBody(quoteId, method, place),
  });
  if (payment.provider !== provider.code) throw new Error(`${payment.provider} took a payment by ${method}`);
  await payAsShopper(provider, payment);
  if (!(await becomesQuiet(backend))) throw new Error('the backend still works after a minute');
  const path = `/v1/admin/orders/${orderId}`;
  const order = await backend.operator.call<{ status: string }>({ method: 'GET', path });
  if (!hasEnded(order)) throw new Error(`${orderId} by ${method} to ${place.country} is ${order.status}`);
}

interface Quoted {
  readonly quoteId: string;
  readonly totals: { readonly total: { readonly amount: number; readonly currency: string } };
}

function quote(
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

function orderBody(quoteId: string, method: string, { country, address }: Place): object {
  const { phone, ...postal } = address;
  return {
    ...{ quoteId, customer: { email: 'shopper@example.com', phone } },
    shippingAddress: { ...filled(postal), country },
    payment: { method, returnUrl: 'https://shop.example/thanks' },
  };
}

const filled = (members: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''));
