import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { hasEnded } from '../../../infra/cli/start/demo-order.ts';
import type { Step } from '../../../infra/cli/terminal/progress.ts';
import { becomesQuiet } from '../../../infra/local/becomes-quiet.ts';
import { type Backend, difference } from '../../../infra/local/start-backend.ts';
import { findShownProviders, type ShownProvider } from '../../../infra/sandbox/find-checkout.ts';
import { bill, type Counts } from '../../../shared/usage/bill.ts';
import { medianCounts } from '../median-counts.ts';
import { localPlaces, type PaidMethod } from './paid-methods.ts';
import { payAsShopper } from './pay-as-shopper.ts';
import {
  chooseProvider,
  OtherProvider,
  onceKnown,
  type PaymentShop,
  placeOrder,
  quote,
  receiveStock,
} from './shop-orders.ts';

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
/** The duration of an invocation times its memory, as `bench bill` states it. */
const MB_MS_PER_INVOCATION = 10_900;
/** More units where one is below a method's minimum. */
const QUANTITIES = [1, 3, 4, 5] as const;

/** Made-up rates of a domestic lane, in euros. */
const LOCAL_FREIGHT = { currency: 'EUR', firstMinor: 300, furtherMinor: 100 };
/** Multiples of 25 shillings, as its prices are. */
const KENYAN_FREIGHT = { currency: 'KES', firstMinor: 45_000, furtherMinor: 15_000 };

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
    await chooseProvider(shop, code);
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

/** Opens a warehouse in each of {@link localPlaces}, which the hub serves no more, with stock. */
async function openLocalWarehouses(backend: Backend): Promise<void> {
  const { operator } = backend;
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
    await receiveStock(backend, id, 'domestic');
  }
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

async function deliver(shop: ProviderShop, { method, place, quantity }: Ordered): Promise<void> {
  const { backend, storefront, provider } = shop;
  const { orderId, payment } = await placeOrder(storefront, { place, method, quantity });
  if (payment.provider !== provider.code)
    throw new OtherProvider(`${payment.provider} took a payment by ${method}`);
  await payAsShopper(provider, payment);
  if (!(await becomesQuiet(backend))) throw new Error('the backend still works after a minute');
  const path = `/v1/admin/orders/${orderId}`;
  const order = await backend.operator.call<{ status: string }>({ method: 'GET', path });
  if (!hasEnded(order)) throw new Error(`${orderId} by ${method} to ${place.country} is ${order.status}`);
}
