import type { LandedCost } from '../../../events/landed-cost.ts';
import { createOpenEntries } from '../../../shared/aws/callers/open-entries.ts';
import { createUnitsOfStorefronts } from '../../../shared/aws/callers/units-of-storefronts.ts';
import { closedWarehouses } from '../../../shared/aws/catalogue/network-store.ts';
import { createOrderPlacing } from '../../../shared/aws/order/order-placing.ts';
import { createTimelineStore } from '../../../shared/aws/order/timeline-store.ts';
import { createQuoteStore } from '../../../shared/aws/quote/quote-store.ts';
import { createSlotStore } from '../../../shared/aws/slots/slot-store.ts';
import { createAvailability } from '../../../shared/aws/stock/availability.ts';
import { createStockRebalancing } from '../../../shared/aws/stock/rebalancing.ts';
import { createStockStore } from '../../../shared/aws/stock/stock-store.ts';
import { type CallerLimits, callerLimitsOf } from '../../../shared/catalogue/index.ts';
import { keyedHash } from '../../../shared/kernel/hash.ts';
import { newId } from '../../../shared/kernel/ids.ts';
import { personHashBy } from '../../../shared/kernel/person-hash.ts';
import { type Instant, later, minuteMs, toInstant } from '../../../shared/kernel/time.ts';
import { accessTokenFor } from '../../../shared/order/access-tokens.ts';
import { countCash, countUnpaid, hashAccessToken, placeOrder } from '../../../shared/order/index.ts';
import type { PlaceOrder, PlaceOrderDeps } from '../../../shared/order/place-order.ts';
import { reservationTimes, type TimedMethod } from '../../../shared/payment/reservation-times.ts';
import { createVerifiedQuotes, type Quote } from '../../../shared/quote/index.ts';
import { type QuoteRequest, signQuote, type UnsignedQuote } from '../../../shared/quote/quote.ts';
import { addressProblems } from '../../../shared/shipping/address-needs.ts';
import { carriers } from '../../../shared/shipping/carriers/index.ts';
import { bookableSlot } from '../../../shared/slots/index.ts';
import type { StockMovement, StockPosition } from '../../../shared/stock/index.ts';
import { details } from '../../builders/details.ts';
import {
  authorised,
  booked,
  captured,
  cleared,
  dispatched,
  dispatchRequested,
  released,
  started,
} from '../../builders/facts.ts';
import { consignment, landedCost, line } from '../../builders/landed-cost.ts';
import { placedAt } from '../../builders/timeline.ts';
import { project } from '../../fakes/project.ts';
import type { Item, TableOnEngine } from './table-on-engine.ts';

export const signingKey = 'a-key-of-the-tests';
export const warehouseId = 'cn-shenzhen';

/** A basket of these SKUs, shipped by one warehouse. */
export function costOf(
  lines: readonly { readonly sku: string; readonly quantity: number }[],
  from = warehouseId,
): LandedCost {
  return landedCost({ consignments: [consignmentOf(lines, from)] });
}

export function consignmentOf(
  lines: readonly { readonly sku: string; readonly quantity: number }[],
  from = warehouseId,
) {
  return consignment({
    consignmentId: `from-${from}`,
    warehouseId: from,
    lines: lines.map(({ sku, quantity }, index) => line({ lineId: `${index + 1}`, sku, quantity })),
  });
}

/** A request whose quote could have that cost. */
function requestOf({ destination, currency, incoterm, consignments }: LandedCost): QuoteRequest {
  const lines = consignments.flatMap((each) => each.lines.map(({ sku, quantity }) => ({ sku, quantity })));
  return { destination, currency, incoterm, lines };
}

let keys = 0;

/** A key that no other request of the tests has. */
function nextKey(): string {
  keys += 1;
  return `key-${keys}`;
}

/** The stores over the table of the engine, with the use cases over them. The test moves the clock. */
export function openShop({ table, items }: TableOnEngine, limits?: Partial<CallerLimits>) {
  let now = Date.parse(placedAt);
  const clock = () => new Date(now);
  const stock = { ...createStockStore(table, { clock }), ...createAvailability(table, clock) };
  const rebalancing = createStockRebalancing({ table, clock });
  const quotes = createQuoteStore(table);
  const verifiedQuotes = createVerifiedQuotes(quotes, async () => signingKey);
  const slots = createSlotStore(table);
  const timelines = createTimelineStore({ table, project, newId, clock });
  const placing = createOrderPlacing({ table, project, newId, clock });
  const entries = createOpenEntries(table);
  const units = createUnitsOfStorefronts(table);
  const hashOf = (text: string) => keyedHash(text, signingKey);
  const deps = (): Omit<PlaceOrderDeps, 'countUnpaid' | 'countCash'> => ({
    placing,
    quotes: verifiedQuotes,
    methodFor: async (method) =>
      Object.hasOwn(reservationTimes, method)
        ? {
            ...{ provider: 'stripe', reservationMs: reservationTimes[method as TimedMethod] },
            ...(method === 'mobilepay' ? { payerNeeds: ['email', 'phone', 'taxId'] } : {}),
          }
        : undefined,
    // The first reservation is as long as any method takes, unless the test sets its limits.
    firstReservationMinutes: async () => limits?.firstReservationMinutes ?? 30 * 24 * 60,
    addressProblems: (cost, given) => addressProblems(carriers, cost, given),
    closedWarehouses: () => closedWarehouses(table),
    bookableSlot: (booking) => bookableSlot(slots, booking, toInstant(clock())),
    accessTokenHash: (orderId) => hashAccessToken(accessTokenFor(orderId, signingKey)),
    personHash: personHashBy(signingKey),
    newId,
    now: toInstant(clock()),
  });

  return {
    ...{ table, items, stock, rebalancing, quotes, verifiedQuotes, slots, timelines, clock, nextKey },
    now: (): Instant => toInstant(clock()),
    pass: (durationMs: number) => {
      now += durationMs;
    },
    async receive(sku: string, quantity: number, at = warehouseId) {
      await stock.move({ kind: 'receive', sku, warehouseId: at, quantity }, nextKey(), toInstant(clock()));
    },
    /** A movement by hand at the usual warehouse. */
    move: (movement: StockMovement, key = nextKey()) => stock.move(movement, key, toInstant(clock())),
    async positionOf(sku: string, at = warehouseId): Promise<StockPosition | undefined> {
      return (await stock.positions(sku)).find((position) => position.warehouseId === at);
    },
    /** Stores a signed quote that is valid for half an hour. */
    async quote(cost: LandedCost, storefrontId = 'shop', over: Partial<UnsignedQuote> = {}): Promise<Quote> {
      const createdAt = toInstant(clock());
      const quote = signQuote(
        {
          quoteId: newId('quote', clock()),
          storefrontId,
          createdAt,
          expiresAt: later(createdAt, 30 * minuteMs),
          request: requestOf(cost),
          options: [{ optionId: 'opt-1', labels: ['cheapest'], landedCost: cost }],
          sellerVersion: 'v1',
          ...over,
        },
        signingKey,
      );
      await quotes.put(quote);
      return quote;
    },
    /** Unpaid orders are counted only in a shop with limits. */
    place(quoteId: string, over: Partial<PlaceOrder> = {}, client = '192.0.2.1') {
      const command: PlaceOrder = {
        storefrontId: 'shop',
        idempotencyKey: nextKey(),
        quoteId,
        details: details(),
        payment: { method: 'card' },
        ...over,
      };
      const counting = {
        entries,
        units,
        limits: callerLimitsOf({ callerLimits: limits }),
        timelines,
        hashOf,
      };
      return placeOrder(
        {
          ...deps(),
          countCash: (order) => countCash(counting, order),
          countUnpaid: async (order) =>
            limits === undefined ? undefined : countUnpaid(counting, { ...order, client }),
        },
        command,
      );
    },
    /** Quotes and orders. Throws if the order is refused. */
    async buy(cost: LandedCost): Promise<string> {
      const { quoteId } = await this.quote(cost);
      const placed = await this.place(quoteId);
      if (!placed.ok) throw new Error(`refused: ${placed.error.reason}`);
      return placed.value.orderId;
    },
    async itemsOf(orderId: string): Promise<Item[]> {
      return (await items()).filter(({ pk }) => pk === `ORDER#${orderId}`);
    },
  };
}

export type Shop = ReturnType<typeof openShop>;

/** Continues an order of one parcel until the parcel has left. */
export async function ship(shop: Shop, orderId: string): Promise<void> {
  const timeline = await shop.timelines.load(orderId);
  const placed = timeline?.facts[0];
  if (timeline === undefined || placed?.name !== 'order.placed') throw new Error('the order was placed');
  const { payment, parcels, landedCost } = placed.data;
  const parcelId = parcels[0]?.parcelId ?? '';
  const paid = { paymentId: payment.paymentId, amount: landedCost.totals.total };
  await shop.timelines.append({
    timeline,
    facts: [
      ...[started(paid), authorised(paid), released(), captured(paid), booked({ parcelId })],
      ...[cleared({ parcelId }), dispatchRequested({ parcelId }), dispatched({ parcelId })],
    ],
    ...{ cause: { by: 'journey' }, now: shop.now() },
  });
}
