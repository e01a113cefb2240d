import { vi } from 'vitest';
import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { sampleRates, sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import { type HandlersOnEngine, handlersOnEngine } from './handlers-on-engine.ts';
import type { Answer } from './lambda-events.ts';

/** Goods of an example: one line of its basket. */
export interface ExampleGoods {
  readonly hsCode: string;
  readonly nationalCodes?: Readonly<Record<string, string>>;
  readonly origin?: string;
  readonly description?: string;
  readonly quantity?: number;
  /** The price of one unit, in minor units of the currency of the example. */
  readonly price: number;
  /** The price contains the tax of the destination. */
  readonly taxIncluded?: true;
  readonly compliance?: object;
}

export interface Destination {
  readonly country: string;
  readonly region?: string;
  readonly postalCode?: string;
}

/** A basket as a source describes it. */
export interface Example {
  readonly to: Destination;
  readonly from?: keyof typeof dispatchedFrom;
  readonly currency: string;
  readonly goods: readonly ExampleGoods[];
  /** What the transport costs, in minor units of the currency. */
  readonly freight?: number;
  readonly incoterm?: 'DDP' | 'DAP';
}

interface Amount {
  readonly amount: number;
  readonly currency: string;
}

/** The parts of a quote that examples state. */
export interface Quoted {
  readonly quoteId: string;
  readonly totals: Readonly<Record<'goods' | 'shipping' | 'duty' | 'tax' | 'fees' | 'total', Amount>>;
  readonly landedCost: {
    readonly consignments: readonly {
      readonly scheme: string;
      readonly dataSet?: string;
      readonly charges: readonly {
        readonly kind: string;
        readonly code: string;
        readonly amount: Amount;
        readonly owedTo?: string;
        readonly collectedOnDelivery?: boolean;
      }[];
    }[];
  };
}

export interface Refused {
  readonly pointer: string | undefined;
  readonly detail: string;
}

/** The door of quotes and orders over the real table engine, with the functions of production. */
export interface GoldenDoor {
  readonly handlers: HandlersOnEngine;
  /** Stores settings; containers read them again at once. */
  put(path: string, body: object): Promise<void>;
  /** Receives a thousand units. */
  receive(sku: string, warehouseId: string): Promise<void>;
  /** Stores the goods of the example and a warehouse that sends them as it says, and asks for the quote. */
  price(example: Example): Promise<Quoted | Refused>;
  quote(body: object): Promise<Quoted | Refused>;
  /** The status of an order, with the field that is refused. */
  order(quoteId: string, shippingAddress: object): Promise<{ status: number | undefined } & Partial<Refused>>;
  stop(): Promise<void>;
}

const byId = (id: string) => {
  const found = sampleWarehouses.find(({ warehouseId }) => warehouseId === id);
  if (found === undefined) throw new Error(`no sample warehouse is ${id}`);
  return found;
};
const [shenzhen, poznan] = [byId('cn-shenzhen'), byId('pl-poznan')];
const dispatchedFrom = {
  CN: shenzhen.address,
  PL: poznan.address,
  US: {
    ...{ name: 'Sample Shop Newark', line1: '1 Dock Street', city: 'Newark', region: 'NJ' },
    ...{ postalCode: '07114', country: 'US' },
  },
};

/** The seller of the samples without registrations of a tax. */
const { ioss: _ioss, gbVat: _gbVat, taxNumbers: _taxNumbers, ...rest } = sampleSeller;
export const unregisteredSeller = rest;

/**
 * Opens the door on 2026-12-01 with the sample rates and the sample seller. Only `Date` is a fake: the test restores it
 * by `stop`.
 */
export async function openGoldenDoor(date = '2026-12-01T10:00:00.000Z'): Promise<GoldenDoor> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(date) });
  const handlers = await handlersOnEngine();
  const send = (method: 'PUT' | 'POST', path: string, body: object, headers = {}) =>
    handlers.operator.call({ method, path: `/v1/admin/${path}`, body, headers });
  let examples = 0;
  let orders = 0;
  const quote = async (body: object) =>
    quotedOrRefused(await handlers.call('1-quote/post-quote', { body: JSON.stringify(body) }));
  const put = async (path: string, body: object) => {
    await send('PUT', path, body);
    // Containers read settings again after five seconds.
    vi.setSystemTime(Date.now() + 6_000);
  };
  const receive = async (sku: string, warehouseId: string) => {
    const received = { kind: 'receive', sku, warehouseId, quantity: 1_000 };
    await send('POST', 'stock/movements', received, { 'idempotency-key': `${sku}-${warehouseId}` });
  };
  await send('PUT', 'exchange-rates', sampleRates);
  await put('seller', sampleSeller);
  return {
    handlers,
    put,
    receive,
    quote,
    async price(example) {
      examples += 1;
      const name = `example-${examples}`;
      // One warehouse that is stored again for each example: with one for each, every quote would read them all.
      await send('PUT', 'warehouses/example', warehouseOf(example, name));
      for (const [index, goods] of example.goods.entries()) {
        const sku = `${name}-${index}`;
        await send('PUT', `products/${sku}`, productOf(goods, example.currency));
        await receive(sku, 'example');
      }
      vi.setSystemTime(Date.now() + 6_000);
      const { to: destination, currency, goods, incoterm = 'DDP' } = example;
      const lines = goods.map(({ quantity = 1 }, index) => ({ sku: `${name}-${index}`, quantity }));
      return quote({ destination, currency, incoterm, lines });
    },
    async order(quoteId, shippingAddress) {
      orders += 1;
      const answer = await handlers.call('2-order/post-order', {
        headers: { 'idempotency-key': `golden-${orders}` },
        body: JSON.stringify({
          quoteId,
          customer: { email: `shopper-${orders}@example.com`, phone: '+493012345678' },
          shippingAddress: { name: 'Sam Sample', line1: '1 Sample Street', city: 'Town', ...shippingAddress },
          payment: { method: 'card' },
        }),
      });
      return { status: answer.status, ...(answer.status === 201 ? {} : refusalOf(answer)) };
    },
    async stop() {
      vi.useRealTimers();
      await handlers.stop();
    },
  };
}

export const isQuoted = (outcome: Quoted | Refused): outcome is Quoted => 'quoteId' in outcome;

/** Duty, tax and fees of the quote, in minor units; what was refused instead if there is no quote. */
export function chargesOf(outcome: Quoted | Refused) {
  if (!isQuoted(outcome)) return outcome;
  const { duty, tax, fees } = outcome.totals;
  return { duty: duty.amount, tax: tax.amount, fees: fees.amount };
}

function quotedOrRefused(answer: Answer): Quoted | Refused {
  return answer.status === 201 ? (answer.body as Quoted) : refusalOf(answer);
}

function refusalOf({ body }: Answer): Refused {
  const problem = body as { detail?: string; errors?: { pointer: string; detail: string }[] };
  const [first] = problem.errors ?? [];
  return { pointer: first?.pointer, detail: first?.detail ?? problem.detail ?? '' };
}

/** A warehouse whose only lane carries every parcel to the country at the freight of the example. */
function warehouseOf({ to, from = 'CN', currency, freight = 0 }: Example, name: string) {
  const { warehouseId: _id, ...warehouse } = shenzhen;
  const [lane] = warehouse.lanes;
  const zone = { zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor: freight }] };
  const rateCard = {
    ...{ rateCardId: name, currency, validFrom: '2025-01-01', maxWeightGrams: 30_000, zones: [zone] },
  };
  const country = to.country === 'UK' ? 'GB' : to.country;
  return {
    ...warehouse,
    name,
    address: dispatchedFrom[from],
    lanes: [{ ...lane, countries: [country], rateCards: [rateCard] }],
  };
}

function productOf(goods: ExampleGoods, currency: string) {
  const { hsCode, nationalCodes, origin = 'CN', description = `goods of ${hsCode}`, price } = goods;
  const listed = { amount: price, currency, ...(goods.taxIncluded ? { taxIncluded: true } : {}) };
  return {
    ...{ hsCode, description, originCountry: origin, unitWeightGrams: 100 },
    ...(nationalCodes === undefined ? {} : { nationalCodes }),
    dimensions: { lengthMm: 100, widthMm: 80, heightMm: 10 },
    // The base price has no tax in it.
    prices: goods.taxIncluded ? [{ amount: price, currency: 'BHD' }, listed] : [listed],
    compliance: {
      ...{ identifiers: { merchant: 'G-1', manufacturer: 'M-1', noGtin: true } },
      ...goods.compliance,
    },
  };
}
