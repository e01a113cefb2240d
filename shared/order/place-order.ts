import type { NewFact } from '../../events/all-events.ts';
import type { Allocation } from '../../events/allocation.ts';
import type { LandedCost } from '../../events/landed-cost.ts';
import type { Address } from '../kernel/address.ts';
import { defined } from '../kernel/defined.ts';
import { fingerprint } from '../kernel/hash.ts';
import { isQuoteId, type NewId, orderIdOf } from '../kernel/ids.ts';
import { isWithinPlace } from '../kernel/places/place.ts';
import { refusedTerritory } from '../kernel/places/territory.ts';
import type { FieldProblem } from '../kernel/problem.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { demandedTaxId } from '../kernel/tax-id.ts';
import { type Instant, later, minuteMs } from '../kernel/time.ts';
import type { VerifiedQuote, VerifiedQuotes } from '../quote/index.ts';
import { type OrderDetails, promiseAfterWait, type Timeline } from '../timeline/index.ts';
import { allocationOf } from './allocation.ts';
import { type Counts, limitReached } from './limit-reached.ts';
import { inInstalments, missingOfPayer, type PayableMethod } from './payable-method.ts';
import type { PlaceOrderRefusal, SlotHoldRefusal } from './place-order-refusal.ts';

export interface PlaceOrderRecord {
  readonly orderId: string;
  readonly storefrontId: string;
  readonly quoteId: string;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
  readonly accessTokenHash: string;
  readonly placed: Extract<NewFact, { name: 'order.placed' }>;
  readonly details: OrderDetails;
  /** The keyed hash of the customer's e-mail address, by which the person's orders are found. */
  readonly personHash: string;
  /** The held place of a delivery slot, which becomes the order's. */
  readonly slotHold?: { readonly holdId: string; readonly slotId: string };
  readonly now: Instant;
}

export type PlacingOutcome =
  | { readonly outcome: 'placed'; readonly timeline: Timeline }
  | { readonly outcome: 'repeated'; readonly orderId: string }
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'quote-consumed' }
  | { readonly outcome: 'slot-hold-expired' }
  | { readonly outcome: 'stock-gone'; readonly skus: readonly string[] }
  | { readonly outcome: 'contended' };

export interface OrderPlacing {
  /** One transaction: reserves the stock, writes the order of the quote with its first fact, claims the request. */
  place(record: PlaceOrderRecord): Promise<PlacingOutcome>;
  /** The order of an earlier request with this key, and that request's fingerprint. */
  repeated(scope: string, key: string): Promise<{ orderId: string; fingerprint: string } | undefined>;
}

export interface PlaceOrder {
  readonly storefrontId: string;
  readonly idempotencyKey: string;
  readonly quoteId: string;
  /** The chosen option of the quote; the first if absent. */
  readonly optionId?: string | undefined;
  /** What brought the shopper to the storefront. */
  readonly channel?: string | undefined;
  readonly details: OrderDetails;
  readonly payment: {
    readonly method: string;
    /** In how many instalments; in one amount if absent. */
    readonly instalments?: number | undefined;
    readonly returnUrl?: string | undefined;
    /** The UPI address of a method that asks the shopper there. It is not stored. */
    readonly vpa?: string | undefined;
  };
  readonly deliverySlot?: { readonly holdId: string } | undefined;
}

type DeliverySlot = NonNullable<PlaceOrderRecord['placed']['data']['deliverySlot']>;

export interface PlaceOrderDeps extends Counts {
  readonly placing: OrderPlacing;
  readonly quotes: VerifiedQuotes;
  /** What the carriers of the parcels need of the address and lack, each at its field of the request. */
  readonly addressProblems: (landedCost: LandedCost, details: OrderDetails) => readonly FieldProblem[];
  /** The warehouses that were taken out of the network, read at this moment. */
  readonly closedWarehouses: () => Promise<ReadonlySet<string>>;
  /** The provider of the offered method and its time limit in milliseconds; undefined if it is not offered there. */
  readonly methodFor: (method: string, landedCost: LandedCost) => Promise<PayableMethod | undefined>;
  /** How long stock is held before the shopper has begun to pay. */
  readonly firstReservationMinutes: () => Promise<number>;
  /** The slot of a place that is held for the quote and fits this order. */
  readonly bookableSlot: (booking: {
    readonly holdId: string;
    readonly quoteId: string;
    readonly landedCost: LandedCost;
    readonly shippingAddress: Address;
  }) => Promise<Result<DeliverySlot, { readonly reason: SlotHoldRefusal }>>;
  /** The hash of the guest's access token, stored to recognise the token. */
  readonly accessTokenHash: (orderId: string) => string;
  /** The keyed hash of an e-mail address. */
  readonly personHash: (email: string) => string;
  readonly newId: NewId;
  readonly now: Instant;
}

export interface PlacedOrder {
  readonly orderId: string;
  /** True if this request created the order, false if it repeats an earlier one. */
  readonly isNew: boolean;
  /** The consignments to send; empty for a repeat. */
  readonly consignments: LandedCost['consignments'];
  /** The timeline as this request wrote it; undefined for a repeat. */
  readonly timeline?: Timeline;
}

/**
 * Turns a quote into an order, once per idempotency key. The same key with the same body returns the same order for as
 * long as the request is remembered (45 days); the same key with another body is refused. Afterwards the quote is
 * consumed, so that no second order can use it.
 */
export async function placeOrder(
  deps: PlaceOrderDeps,
  command: PlaceOrder,
): Promise<Result<PlacedOrder, PlaceOrderRefusal>> {
  const { storefrontId, idempotencyKey, quoteId, channel } = command;
  // The id of a quote is the key of that quote's order alone, whose first fact holds the request.
  if (isQuoteId(idempotencyKey) && idempotencyKey !== quoteId) return refused({ reason: 'key-reused' });
  // Half of the hash: no two requests under one key have it by chance.
  const print = fingerprint(command).slice(0, 32);
  const earlier = async () => {
    const repeat = await deps.placing.repeated(storefrontId, idempotencyKey);
    if (repeat === undefined) return undefined;
    return repeat.fingerprint === print
      ? repeated(repeat.orderId)
      : refused({ reason: 'key-reused' } as const);
  };

  const [quote, closed] = await Promise.all([deps.quotes.read(quoteId), deps.closedWarehouses()]);
  const accepted = await accept(deps, command, quote);
  // A repeat may come long after the quote has expired: only then is the extra read needed.
  if (!accepted.ok) return (await earlier()) ?? accepted;
  const { landedCost, allocation, method, guaranteeCode, unpaid } = accepted.value;

  const warehouseIds = passedWarehouses(landedCost).filter((warehouseId) => closed.has(warehouseId));
  if (warehouseIds.length > 0)
    return (await earlier()) ?? refused({ reason: 'warehouse-closed', warehouseIds });

  const booked = await slotOf(deps, command, landedCost, method.reservationMs);
  if (!booked.ok) return (await earlier()) ?? booked;
  const slot = booked.value;

  const at = new Date(deps.now);
  const orderId = orderIdOf(quoteId);
  const payableUntil = later(deps.now, method.reservationMs);
  const { now } = deps;
  const firstMs = (await deps.firstReservationMinutes()) * minuteMs;
  const reservedUntil = later(now, Math.min(method.reservationMs, firstMs));
  const reservation = reservedUntil < payableUntil ? { reservedUntil, payableUntil } : { reservedUntil };
  const isFree = landedCost.totals.total.amount === 0;
  const paymentId = deps.newId('payment', at);
  const ofOrder = {
    ...{ orderId, requestId: paymentId, storefrontId, isFree, details: command.details },
    ...{ goods: unitsBySku(landedCost), ...unpaid },
  };
  const reached = await limitReached(deps, method, { ...ofOrder, until: payableUntil, now });
  if (reached !== undefined) return (await earlier()) ?? refused(reached);
  const outcome = await deps.placing.place({
    orderId,
    storefrontId,
    quoteId,
    idempotencyKey,
    fingerprint: print,
    accessTokenHash: deps.accessTokenHash(orderId),
    details: command.details,
    personHash: deps.personHash(command.details.customer.email),
    ...(slot === undefined ? {} : { slotHold: { holdId: slot.holdId, slotId: slot.deliverySlot.slotId } }),
    now: deps.now,
    placed: {
      name: 'order.placed',
      data: {
        storefrontId,
        ...(channel === undefined ? {} : { channel }),
        quoteId,
        guaranteeCode,
        landedCost,
        allocation,
        payment: {
          paymentId,
          method: command.payment.method,
          provider: method.provider,
          ...defined({ isCash: method.isCash, captureAt: method.captureAt, plan: method.plan }),
          ...defined({ feeRule: method.feeRule }),
        },
        parcels: landedCost.consignments.map(({ consignmentId }) => ({
          parcelId: deps.newId('parcel', at),
          consignmentId,
        })),
        ...reservation,
        ...(slot === undefined ? {} : { deliverySlot: slot.deliverySlot }),
      },
    },
  });
  if (outcome.outcome === 'placed')
    return ok({ orderId, isNew: true, consignments: landedCost.consignments, timeline: outcome.timeline });
  if (outcome.outcome === 'repeated') return repeated(outcome.orderId);
  if (outcome.outcome === 'stock-gone') return refused({ reason: 'stock-gone', skus: outcome.skus });
  return (await earlier()) ?? refused({ reason: outcome.outcome });
}

const repeated = (orderId: string) => ok<PlacedOrder>({ orderId, isNew: false, consignments: [] });

function unitsBySku({ consignments }: LandedCost): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { sku, quantity } of consignments.flatMap(({ lines }) => lines))
    units.set(sku, (units.get(sku) ?? 0) + quantity);
  return units;
}

/** Every warehouse that the plan's goods pass. */
function passedWarehouses({ consignments }: LandedCost): string[] {
  return [...new Set(consignments.flatMap(({ warehouseId, via = [] }) => [warehouseId, ...via]))];
}

/**
 * The delivery slot of the order; undefined if it has none. A price that includes a slot can't be ordered without it. A
 * slot is refused if the payment may come too late for it.
 */
async function slotOf(
  deps: PlaceOrderDeps,
  { quoteId, details: { shippingAddress }, deliverySlot }: PlaceOrder,
  landedCost: LandedCost,
  reservationMs: number,
): Promise<
  Result<
    { holdId: string; deliverySlot: DeliverySlot } | undefined,
    { readonly reason: SlotHoldRefusal | 'slot-hold-needed' | 'slot-before-payment' }
  >
> {
  if (deliverySlot === undefined)
    return landedCost.deliverySlot === undefined ? ok(undefined) : refused({ reason: 'slot-hold-needed' });
  const { holdId } = deliverySlot;
  const slot = await deps.bookableSlot({ holdId, quoteId, landedCost, shippingAddress });
  if (!slot.ok) return slot;
  const { from } = slot.value;
  const promised = landedCost.consignments.map(({ promise }) =>
    promiseAfterWait(promise.latest, reservationMs),
  );
  if (later(deps.now, reservationMs) > from || promised.some((latest) => latest > from))
    return refused({ reason: 'slot-before-payment' });
  return ok({ holdId, deliverySlot: slot.value });
}

/** The part of the quote that the order takes, or why it can't. */
async function accept(
  deps: PlaceOrderDeps,
  { storefrontId, optionId, details, payment }: PlaceOrder,
  quote: VerifiedQuote | undefined,
): Promise<
  Result<
    {
      readonly landedCost: LandedCost;
      readonly allocation: Allocation;
      readonly method: NonNullable<ReturnType<typeof inInstalments>>;
      readonly guaranteeCode: string;
      readonly unpaid: Pick<VerifiedQuote, 'unpaidMost' | 'unpaidMostOfStorefront'>;
    },
    PlaceOrderRefusal
  >
> {
  if (quote === undefined || quote.storefrontId !== storefrontId) return refused({ reason: 'quote-unknown' });
  const { options, scores, guaranteeCode, unpaidMost, unpaidMostOfStorefront } = quote;
  if (quote.expiresAt <= deps.now) return refused({ reason: 'quote-expired' });
  const option = optionId === undefined ? options[0] : options.find((each) => each.optionId === optionId);
  if (option === undefined) return refused({ reason: 'option-unknown' });
  const { landedCost } = option;
  const { destination } = landedCost;
  if (!isWithinPlace(details.shippingAddress, destination))
    return refused({ reason: 'address-elsewhere', quoted: destination.country });
  // A quote without a postal code was computed for the country's main territory.
  const territory = refusedTerritory(details.shippingAddress);
  if (territory !== undefined) return refused({ reason: 'territory', ...territory });
  if (option.needsPostalCode === true && details.shippingAddress.postalCode !== undefined)
    return refused({ reason: 'postal-code-not-quoted' });
  const number = missingTaxId(details.shippingAddress, landedCost);
  if (number !== undefined) return refused({ reason: 'tax-id-needed', number });
  const problems = deps.addressProblems(landedCost, details);
  if (problems.length > 0) return refused({ reason: 'carrier-needs', problems });
  const offered = await deps.methodFor(payment.method, landedCost);
  if (offered === undefined) return refused({ reason: 'method-not-offered' });
  const method = inInstalments(offered, payment.instalments);
  if (method === undefined) return refused({ reason: 'instalments-not-offered' });
  const missing = missingOfPayer(method.payerNeeds, details, payment);
  if (missing.length > 0) return refused({ reason: 'payer-needs', problems: missing });
  const allocation = allocationOf(option, options, scores);
  const unpaid = { unpaidMost, unpaidMostOfStorefront };
  return ok({ landedCost, allocation, method, guaranteeCode, unpaid });
}

/** The consignee's number that a declaration of the order needs; undefined if none is missing. */
function missingTaxId({ country, taxId }: Address, { consignments }: LandedCost): string | undefined {
  const isDeclared = consignments.some(({ dataSet }) => dataSet !== undefined);
  return taxId === undefined && isDeclared ? demandedTaxId(country) : undefined;
}
