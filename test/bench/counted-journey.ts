import { sampleSeller } from '../../infra/cli/sample-shop/sample-seller.ts';
import { countsSince } from '../../infra/local/meter/create-meter.ts';
import type { Table } from '../../shared/aws/clients.ts';
import { createOrderDetails, createReferences } from '../../shared/aws/order/order-records.ts';
import { clearParcels, receiveCustomsCallback } from '../../shared/customs/index.ts';
import { builtinRuleBook } from '../../shared/duties/index.ts';
import { fingerprint } from '../../shared/kernel/hash.ts';
import { fromJson } from '../../shared/kernel/money.ts';
import { hourMs, later } from '../../shared/kernel/time.ts';
import { capturePayment, receivePaymentCallback, startPayment } from '../../shared/payment/index.ts';
import { priceBasket, quoteRequestSchema } from '../../shared/quote/index.ts';
import { optionsToKeep } from '../../shared/quote/quote-options.ts';
import { receiveCall } from '../../shared/runtime/receive-call.ts';
import { screenOrder } from '../../shared/screening/index.ts';
import { bookParcels, receiveScans } from '../../shared/shipping/index.ts';
import { placedFact } from '../../shared/timeline/index.ts';
import type { Counts } from '../../shared/usage/bill.ts';
import { receiveWarehouseCallback, requestDispatch } from '../../shared/warehouse/index.ts';
import { exchangeRates, now, realNetwork, realProducts } from '../builders/real-basket.ts';
import { openShop, type Shop } from '../component/stores/shop.ts';
import type { TableOnEngine } from '../component/stores/table-on-engine.ts';
import { answerBody } from '../fakes/broker.ts';
import { trackingBody } from '../fakes/carrier.ts';
import { createHarness, type Harness } from '../fakes/harness.ts';
import { callbackBody, createFakePaymentProvider } from '../fakes/payment-provider.ts';
import { updateBody } from '../fakes/warehouse-system.ts';
import { type CallBodies, callBodies } from './call-bodies.ts';

/** Goods for a consignee in Germany, and the scans of each parcel, in the order of the parcels. */
export interface CountedBasket {
  readonly name: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly scans: readonly number[];
}

/** The request units that one step read and wrote. */
interface StepCost {
  readonly step: string;
  readonly times: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

export interface JourneyCost {
  readonly name: string;
  readonly parcels: number;
  readonly callbacks: number;
  readonly facts: number;
  readonly steps: readonly StepCost[];
}

/** Parcels of T-shirts from China under IOSS and of a mug from Poland: nine and eight scans, 26 calls of partners. */
export const twoParcels: CountedBasket = {
  name: 'two parcels, 17 scans',
  lines: [
    { sku: 'TSHIRT-COTTON-NAVY', quantity: 2 },
    { sku: 'MUG-CERAMIC-350', quantity: 1 },
  ],
  scans: [9, 8],
};

/** One parcel from China under IOSS. */
export const oneParcel: CountedBasket = {
  name: 'one IOSS parcel, six scans',
  lines: [{ sku: 'TSHIRT-COTTON-NAVY', quantity: 1 }],
  scans: [6],
};

const COURSE = [
  ...(['accepted', 'in_transit', 'export_customs', 'import_customs', 'customs_released'] as const),
  ...(['in_transit', 'in_transit', 'out_for_delivery', 'delivered'] as const),
];

/** The only warehouse that has the goods. */
const STOCKED: Readonly<Record<string, string>> = {
  'TSHIRT-COTTON-NAVY': 'cn-shenzhen',
  'MUG-CERAMIC-350': 'pl-poznan',
};

/**
 * Carries an order from its quote to its delivery through the real use cases and stores, with partners of the tests,
 * and counts what each step reads and writes. The engine has to be reached through the proxy that counts.
 */
export async function countJourney(on: TableOnEngine, basket: CountedBasket): Promise<JourneyCost> {
  const shop = openShop(on, {});
  const steps = new Map<string, StepCost>();
  const counted = async <T>(step: string, act: () => Promise<T>): Promise<T> => {
    const before = on.counts();
    const result = await act();
    steps.set(step, plus(steps.get(step), step, countsSince(before, on.counts())));
    return result;
  };
  for (const { sku } of basket.lines) await shop.receive(sku, 100, STOCKED[sku]);
  const landedCost = costOf(basket);
  const quote = await counted('quote', () => shop.quote(landedCost.chosen, 'shop', landedCost.over));
  const placed = await counted('order placed', () =>
    shop.place(quote.quoteId, { idempotencyKey: quote.quoteId }),
  );
  if (!placed.ok) throw new Error(`refused: ${placed.error.reason}`);
  const { orderId } = placed.value;
  const { calls: callbacks, parcels } = await deliverOrder(on, shop, orderId, {
    counted,
    scans: basket.scans,
  });
  const facts = (await shop.timelines.load(orderId))?.facts ?? [];
  if (facts.at(-1)?.name !== 'order.delivered') throw new Error(`the order ends with ${facts.at(-1)?.name}`);
  return {
    name: basket.name,
    parcels,
    callbacks,
    facts: facts.length,
    steps: [...steps.values()],
  };
}

const plus = (known: StepCost | undefined, step: string, counts: Counts): StepCost => ({
  step,
  times: (known?.times ?? 0) + 1,
  writeUnits: (known?.writeUnits ?? 0) + (counts['dynamodb.writeUnits'] ?? 0),
  readUnits: (known?.readUnits ?? 0) + (counts['dynamodb.readUnits'] ?? 0),
});

/** The price of the basket by the real rules and rate cards. */
function costOf({ lines }: CountedBasket) {
  const warehouses = realNetwork(3);
  const request = quoteRequestSchema.parse({
    destination: { country: 'DE', postalCode: '10115' },
    ...{ currency: 'EUR', lines },
  });
  const stock = new Map(lines.map(({ sku }) => [sku, new Map([[STOCKED[sku] ?? '', 100]])]));
  const priced = priceBasket({
    ...{ request, products: realProducts, warehouses, stock, now },
    ...{ rules: builtinRuleBook, exchangeRates, seller: sampleSeller },
  });
  if (!priced.ok) throw new Error(`no price: ${priced.error.reason}`);
  const { chosen, options, scores } = priced.value;
  return {
    chosen,
    over: {
      request,
      options: optionsToKeep(chosen, options),
      ...(scores === undefined ? {} : { scores: [...scores] }),
    },
  };
}

interface Delivery {
  readonly counted: Counted;
  /** The scans of each parcel on its way. */
  readonly scans: readonly number[];
}

/** Carries a placed order from its payment to its delivery through the use cases. Gives what the partners received. */
export async function deliverOrder(
  on: TableOnEngine,
  shop: Shop,
  orderId: string,
  { counted, scans }: Delivery,
) {
  const journey = await openJourney(on, shop, orderId);
  const { partners, parcels } = journey;
  const bodies = callBodies(orderId);
  const calls = await carry({ ...journey, orderId, counted, bodies }, scans);
  return { calls, parcels, partners };
}

interface Journey {
  readonly deps: Harness['deps'];
  readonly partners: Pick<Harness, 'carrier' | 'broker' | 'system'>;
  readonly provider: ReturnType<typeof createFakePaymentProvider>;
  readonly table: Table;
  readonly paymentId: string;
  readonly parcels: number;
  readonly now: () => string;
}

async function openJourney(on: TableOnEngine, shop: Shop, orderId: string): Promise<Journey> {
  const timeline = await shop.timelines.load(orderId);
  if (timeline === undefined) throw new Error('the order was placed');
  const { landedCost, parcels, payment } = placedFact(timeline).data;
  const harness = createHarness();
  const provider = createFakePaymentProvider(fromJson(landedCost.totals.total));
  const { carrier, broker, system } = harness;
  return {
    deps: {
      ...harness.deps,
      timelines: Object.assign(harness.deps.timelines, shop.timelines),
      references: Object.assign(harness.deps.references, createReferences(on.table)),
      details: createOrderDetails(on.table),
      clock: shop.clock,
      providerByCode: async () => provider,
    },
    partners: { carrier, broker, system },
    provider,
    table: on.table,
    paymentId: payment.paymentId,
    parcels: parcels.length,
    now: shop.now,
  };
}

export type Counted = <T>(step: string, act: () => Promise<T>) => Promise<T>;

interface Course extends Journey {
  readonly orderId: string;
  readonly counted: Counted;
  readonly bodies: CallBodies;
}

/** Carries the order from its payment to its delivery. Gives the number of the partners' calls. */
async function carry(course: Course, scans: readonly number[]): Promise<number> {
  const { deps, orderId, counted } = course;
  const cause = { by: 'journey' } as const;
  await counted('payment started', () => startPayment(deps, orderId));
  const calls = createCalls(course);
  await calls.paid();
  await counted('screened', () => screenOrder(deps, orderId, cause));
  await counted('captured', () => capturePayment(deps, orderId, cause));
  await counted('booked', () => bookParcels(deps, orderId, cause));
  await counted('declared, or cleared without', () => clearParcels(deps, orderId, cause));
  await calls.released();
  await counted('dispatch requested', () => requestDispatch(deps, orderId, cause));
  await calls.handedOver();
  await calls.carried(scans);
  return calls.count();
}

type Interpret = (deps: Harness['deps'], callbackId: string) => Promise<void>;

/** Interprets each call of the partners, and keeps it with the facts that follow. */
function createCalls({ deps, partners, provider, table, counted, bodies, ...course }: Course) {
  const { carrier, broker, system } = partners;
  let count = 0;
  const call = async (
    kind: 'payment' | 'customs' | 'warehouse' | 'carrier',
    step: string,
    { kept, interpret }: { kept: Buffer; interpret: Interpret },
  ) => {
    count += 1;
    // As long and as different from each other as a partner's ids and those of API Gateway.
    const callbackId = `evt_${fingerprint([course.orderId, count, 'call']).slice(0, 24)}`;
    const deliveryId = fingerprint([course.orderId, count, 'delivery']).slice(0, 16);
    const received = {
      kind,
      code: 'partner',
      callbackId,
      deliveryId,
      rawBody: kept,
      receivedAt: course.now(),
    };
    await counted(step, () =>
      receiveCall({ ...deps, table }, received, (ofCall) => interpret(ofCall, callbackId)),
    );
  };
  return {
    count: () => count,
    async paid() {
      provider.pay('authorised');
      const { orderId } = course;
      const { paymentId } = course;
      const update = { kind: 'payment', orderId, paymentId, payment: provider.payment() } as const;
      await call('payment', 'authorised', {
        kept: bodies.payment(),
        interpret: (ofCall, callbackId) =>
          receivePaymentCallback(ofCall, { code: 'stripe', callbackId, rawBody: callbackBody(update) }),
      });
    },
    async released() {
      for (const status of ['accepted', 'released'] as const)
        for (const lrn of broker.filed.keys()) {
          const rawBody = answerBody(broker.answer(lrn, status, { mrn: '26DE1234567890ABC1' }));
          await call('customs', `declaration ${status}`, {
            kept: bodies.customs(lrn, status),
            interpret: (ofCall, callbackId) =>
              receiveCustomsCallback(ofCall, { code: 'rest-broker', callbackId, rawBody }),
          });
        }
    },
    async handedOver() {
      for (const status of ['accepted', 'packed', 'handed-over'] as const)
        for (const dispatchId of system.orders.keys()) {
          const rawBody = updateBody(system.work(dispatchId, status));
          await call('warehouse', `dispatch ${status}`, {
            kept: bodies.warehouse(dispatchId, status),
            interpret: (ofCall, callbackId) =>
              receiveWarehouseCallback(ofCall, { code: 'wms', callbackId, rawBody }),
          });
        }
    },
    async carried(scans: readonly number[]) {
      for (const [place, dispatch] of [...system.orders.values()].entries()) {
        const wanted = scans[place] ?? 0;
        const { trackingNumber } = dispatch.label;
        for (const [at, status] of [...COURSE.slice(0, wanted - 1), 'delivered' as const].entries()) {
          const scannedAt = later(now, (at + 30) * hourMs);
          const scanId = `${trackingNumber}-${at}`;
          const tracking = carrier.scan(trackingNumber, {
            ...{ scanId, status, carrierStatus: status, scannedAt },
            ...{ city: 'Frankfurt am Main', country: 'DE' },
          });
          const isLast = place === scans.length - 1 && status === 'delivered';
          await call('carrier', isLast ? 'last scan: order delivered' : 'scanned', {
            kept: bodies.carrier(trackingNumber, at + 1),
            interpret: (ofCall, callbackId) =>
              receiveScans(ofCall, { code: 'easypost', callbackId, rawBody: trackingBody(tracking) }),
          });
        }
      }
    },
  };
}
