import { createHash, createHmac } from 'node:crypto';
import type { NewFact } from '../../events/all-events.ts';
import type { Allocation } from '../../events/allocation.ts';
import type { LandedCost } from '../../events/landed-cost.ts';
import { specialTerritory } from '../duties/index.ts';
import type { Address } from '../kernel/address.ts';
import { fingerprint } from '../kernel/hash.ts';
import type { NewId } from '../kernel/ids.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { demandedTaxId } from '../kernel/tax-id.ts';
import { type Instant, later } from '../kernel/time.ts';
import type { VerifiedQuote, VerifiedQuotes } from '../quote/index.ts';
import { type OrderDetails, promiseAfterWait, type Timeline } from '../timeline/index.ts';
import { allocationOf } from './allocation.ts';

export interface PlaceOrderRecord {
  readonly orderId: string;
  readonly storefrontId: string;
  readonly quoteId: string;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
  readonly accessTokenHash: string;
  readonly placed: Extract<NewFact, { name: 'order.placed' }>;
  readonly details: OrderDetails;
  /** The held place of a delivery slot that the order takes. */
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
  /** One transaction: consumes the quote, reserves the stock, writes order and facts, claims the request. */
  place(record: PlaceOrderRecord): Promise<PlacingOutcome>;
  /** The order that an earlier request with this key made, and that request's fingerprint. */
  repeated(scope: string, key: string): Promise<{ orderId: string; fingerprint: string } | undefined>;
}

export interface PlaceOrder {
  readonly storefrontId: string;
  readonly idempotencyKey: string;
  readonly quoteId: string;
  /** Which of the quote's plans; its first when left out. */
  readonly optionId?: string | undefined;
  readonly details: OrderDetails;
  readonly payment: { readonly method: string; readonly returnUrl?: string | undefined };
  readonly deliverySlot?: { readonly holdId: string } | undefined;
}

/** Why a held place can't be the order's: it is not there, its time is up, or it is of no use to the order. */
export type SlotHoldRefusal =
  | 'slot-hold-unknown'
  | 'slot-hold-expired'
  | 'slot-elsewhere'
  | 'slot-of-other-carrier'
  | 'slot-before-promise'
  | 'slot-not-quoted';

type DeliverySlot = NonNullable<PlaceOrderRecord['placed']['data']['deliverySlot']>;

export type PlaceOrderRefusal =
  | {
      readonly reason:
        | 'key-reused'
        | 'quote-unknown'
        | 'quote-expired'
        | 'quote-consumed'
        | 'option-unknown'
        | 'method-not-offered'
        | 'contended'
        | SlotHoldRefusal
        | 'slot-hold-needed'
        | 'slot-before-payment';
    }
  | { readonly reason: 'stock-gone'; readonly skus: readonly string[] }
  | { readonly reason: 'warehouse-closed'; readonly warehouseIds: readonly string[] }
  | { readonly reason: 'address-elsewhere'; readonly quoted: string }
  | { readonly reason: 'tax-id-needed'; readonly number: string };

export interface PlaceOrderDeps {
  readonly placing: OrderPlacing;
  readonly quotes: VerifiedQuotes;
  /** The warehouses that were taken out of the network, as of now and no earlier. */
  readonly closedWarehouses: () => Promise<ReadonlySet<string>>;
  /** The offered method's provider and how long it may take, in milliseconds; undefined: not on offer there. */
  readonly methodFor: (
    method: string,
    landedCost: LandedCost,
  ) => Promise<{ readonly provider: string; readonly reservationMs: number } | undefined>;
  /** The slot of a place that is held for the quote and can be this order's. */
  readonly bookableSlot: (booking: {
    readonly holdId: string;
    readonly quoteId: string;
    readonly landedCost: LandedCost;
    readonly shippingAddress: Address;
  }) => Promise<Result<DeliverySlot, { readonly reason: SlotHoldRefusal }>>;
  /** The hash of the guest's access token, kept to recognise it by. */
  readonly accessTokenHash: (orderId: string) => string;
  readonly newId: NewId;
  readonly now: Instant;
}

export interface PlacedOrder {
  readonly orderId: string;
  /** Whether this request made the order, or a repeat of one that did. */
  readonly isNew: boolean;
  /** What it sends; empty for a repeat. */
  readonly consignments: LandedCost['consignments'];
}

/**
 * Turns a quote into an order, once per idempotency key. The same key with the same body gives the same
 * order again, however often, for as long as the request is remembered (45 days); with another body it is
 * refused. Later the quote is consumed, so that no second order can come of it.
 */
export async function placeOrder(
  deps: PlaceOrderDeps,
  command: PlaceOrder,
): Promise<Result<PlacedOrder, PlaceOrderRefusal>> {
  const { storefrontId, idempotencyKey, quoteId } = command;
  const print = fingerprint(command);
  const earlier = async () => {
    const repeat = await deps.placing.repeated(storefrontId, idempotencyKey);
    if (repeat === undefined) return undefined;
    return repeat.fingerprint === print
      ? repeated(repeat.orderId)
      : refused({ reason: 'key-reused' } as const);
  };

  const [quote, closed] = await Promise.all([deps.quotes.read(quoteId), deps.closedWarehouses()]);
  const accepted = await accept(deps, command, quote);
  // A repeat may come when the quote is long gone: only then is it worth the extra read.
  if (!accepted.ok) return (await earlier()) ?? accepted;
  const { landedCost, allocation, method, guaranteeCode } = accepted.value;

  const warehouseIds = passedWarehouses(landedCost).filter((warehouseId) => closed.has(warehouseId));
  if (warehouseIds.length > 0)
    return (await earlier()) ?? refused({ reason: 'warehouse-closed', warehouseIds });

  const booked = await slotOf(deps, command, landedCost, method.reservationMs);
  if (!booked.ok) return (await earlier()) ?? booked;
  const slot = booked.value;

  const at = new Date(deps.now);
  const orderId = deps.newId('order', at);
  const outcome = await deps.placing.place({
    orderId,
    storefrontId,
    quoteId,
    idempotencyKey,
    fingerprint: print,
    accessTokenHash: deps.accessTokenHash(orderId),
    details: command.details,
    ...(slot === undefined ? {} : { slotHold: { holdId: slot.holdId, slotId: slot.deliverySlot.slotId } }),
    now: deps.now,
    placed: {
      name: 'order.placed',
      data: {
        storefrontId,
        quoteId,
        guaranteeCode,
        landedCost,
        allocation,
        payment: {
          paymentId: deps.newId('payment', at),
          method: command.payment.method,
          provider: method.provider,
        },
        parcels: landedCost.consignments.map(({ consignmentId }) => ({
          parcelId: deps.newId('parcel', at),
          consignmentId,
        })),
        reservedUntil: later(deps.now, method.reservationMs),
        ...(slot === undefined ? {} : { deliverySlot: slot.deliverySlot }),
      },
    },
  });
  if (outcome.outcome === 'placed')
    return ok({ orderId, isNew: true, consignments: landedCost.consignments });
  if (outcome.outcome === 'repeated') return repeated(outcome.orderId);
  if (outcome.outcome === 'stock-gone') return refused({ reason: 'stock-gone', skus: outcome.skus });
  return (await earlier()) ?? refused({ reason: outcome.outcome });
}

const repeated = (orderId: string) => ok<PlacedOrder>({ orderId, isNew: false, consignments: [] });

/** Every warehouse that goods of the plan pass. */
function passedWarehouses({ consignments }: LandedCost): string[] {
  return [...new Set(consignments.flatMap(({ warehouseId, via = [] }) => [warehouseId, ...via]))];
}

/**
 * The delivery slot that the order asks for; undefined where it asks for none. A price that includes a slot is not
 * ordered without it, and no slot is given that the payment may come too late for.
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

/** What the order takes of the quote, or why it can't. */
async function accept(
  deps: PlaceOrderDeps,
  { storefrontId, optionId, details, payment }: PlaceOrder,
  quote: VerifiedQuote | undefined,
): Promise<
  Result<
    {
      readonly landedCost: LandedCost;
      readonly allocation: Allocation;
      readonly method: NonNullable<Awaited<ReturnType<PlaceOrderDeps['methodFor']>>>;
      readonly guaranteeCode: string;
    },
    PlaceOrderRefusal
  >
> {
  if (quote === undefined || quote.storefrontId !== storefrontId) return refused({ reason: 'quote-unknown' });
  const { options, scores, guaranteeCode } = quote;
  if (quote.expiresAt <= deps.now) return refused({ reason: 'quote-expired' });
  const option = optionId === undefined ? options[0] : options.find((each) => each.optionId === optionId);
  if (option === undefined) return refused({ reason: 'option-unknown' });
  const { landedCost } = option;
  const { destination } = landedCost;
  if (!isThere(details.shippingAddress, destination))
    return refused({ reason: 'address-elsewhere', quoted: destination.country });
  const number = missingTaxId(details.shippingAddress, landedCost);
  if (number !== undefined) return refused({ reason: 'tax-id-needed', number });
  const method = await deps.methodFor(payment.method, landedCost);
  if (method === undefined) return refused({ reason: 'method-not-offered' });
  return ok({ landedCost, allocation: allocationOf(option, options, scores), method, guaranteeCode });
}

/** The number of the consignee that a declaration of the order can't be without; undefined when nothing lacks. */
function missingTaxId({ country, taxId }: Address, { consignments }: LandedCost): string | undefined {
  const isDeclared = consignments.some(({ dataSet }) => dataSet !== undefined);
  return taxId === undefined && isDeclared ? demandedTaxId(country) : undefined;
}

/** Whether the address is where the quote's duty and tax were computed for. */
function isThere(address: Address, destination: LandedCost['destination']): boolean {
  return (
    address.country === destination.country &&
    // A quote without a postal code was computed for the country's main territory.
    (destination.postalCode !== undefined || specialTerritory(address) === undefined) &&
    (destination.postalCode === undefined || destination.postalCode === address.postalCode) &&
    (destination.region === undefined || destination.region === address.region)
  );
}

/** The guest's key to one order. Derived, so that a repeated request is given the same one; never stored. */
export function accessTokenFor(orderId: string, secret: string): string {
  return `ot_${createHmac('sha256', secret).update(`order-access:${orderId}`).digest('base64url')}`;
}

export function hashAccessToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Tokens of orders and their hashes, by the secret that they are derived from. */
export function accessTokensBy(secret: string) {
  return {
    of: (orderId: string) => accessTokenFor(orderId, secret),
    hashOf: (orderId: string) => hashAccessToken(accessTokenFor(orderId, secret)),
  };
}
