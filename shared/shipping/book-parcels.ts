import type { Fact } from '../../events/catalog.ts';
import type { Cause } from '../../events/envelope.ts';
import type { LandedCost, PlannedConsignment } from '../../events/landed-cost.ts';
import type { Address, Customer } from '../kernel/address.ts';
import { fromJson, toJson } from '../kernel/money.ts';
import { type Instant, toInstant } from '../kernel/time.ts';
import {
  type Decision,
  decideAndReport,
  forEachInTurn,
  holdOnce,
  loadOrder,
  nothing,
  obstacleOf,
  type PlannedParcel,
  placedFact,
  plannedParcels,
  standingHold,
  standingOf,
  type Timeline,
} from '../timeline/index.ts';
import type {
  BookedParcel,
  BookingRefused,
  BookParcel,
  BoundCarrier,
  CustomsItem,
  PostalAddress,
} from './carrier.ts';
import type { BookingDeps } from './shipping-deps.ts';
import { trackingOf } from './tracking.ts';
import { voidLabels } from './void-labels.ts';

const REFUSED = 'booking-refused';

/**
 * Books every parcel of a paid order with its carrier: label and tracking number. A parcel is booked once, by
 * its id, however often this is repeated. A refusal stands until a person has looked and released the order.
 * Labels bought for an order that stopped in the meantime are given back.
 */
export async function bookParcels(deps: BookingDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const parcels = parcelsToBook(timeline);
  if (parcels.length === 0) return;
  const { customer, shippingAddress } = await deps.details.read(orderId);
  const { landedCost, deliverySlot, guaranteeCode } = placedFact(timeline).data;
  await forEachInTurn(parcels, async ({ parcelId, consignment }) => {
    const carrier = await deps.carrierByCode(consignment.carrier);
    const [warehouse, size, iossNumber] = await Promise.all([
      // Where the carrier takes it over: that is the sender's address on the label.
      deps.warehouseById(consignment.via?.at(-1) ?? consignment.warehouseId),
      deps.parcelSize(consignment),
      deps.iossNumber(),
    ]);
    const answer = await carrier.book(toInstant(deps.clock()), {
      ...{ orderId, parcelId, service: consignment.service, incoterm: landedCost.incoterm },
      from: warehouse.address,
      to: consignee(shippingAddress, customer),
      ...size,
      ...customsOf(consignment, landedCost, iossNumber),
      ...(guaranteeCode === undefined ? {} : { printedReference: guaranteeCode }),
      ...windowOf(deliverySlot, toInstant(deps.clock())),
    });
    const latest = await decideAndReport(deps, orderId, cause, (now) =>
      decideBooking(now, { parcelId, consignment }, answer),
    );
    await voidSecondLabel(deps, carrier, latest, parcelId, answer);
    if (standingOf(latest.facts).ended !== undefined) await voidLabels(deps, orderId, cause);
  });
}

/**
 * Carriers have no idempotency key: two bookings of one parcel at the same moment, which a message delivered
 * twice can bring about, buy two labels. The one that is written down stays; the other is given back.
 */
async function voidSecondLabel(
  { clock }: Pick<BookingDeps, 'clock'>,
  carrier: BoundCarrier,
  { facts }: Timeline,
  parcelId: string,
  answer: BookedParcel | BookingRefused,
): Promise<void> {
  if ('refused' in answer) return;
  const kept = trackingOf(facts).get(parcelId)?.carrierShipmentId;
  const { carrierShipmentId } = answer;
  if (kept !== undefined && kept !== carrierShipmentId)
    await carrier.void(toInstant(clock()), { carrierShipmentId });
}

/** The parcels that have no label yet and may have one. */
export function parcelsToBook(timeline: Timeline): PlannedParcel[] {
  const { facts } = timeline;
  if (obstacleOf(facts) !== undefined) return [];
  const booked = trackingOf(facts);
  return plannedParcels(timeline).filter(
    ({ parcelId }) => !booked.has(parcelId) && standingHold(facts, REFUSED, parcelId) === undefined,
  );
}

/** What the carrier did is recorded whatever became of the order meanwhile: the label exists and costs money. */
export function decideBooking(
  { orderId, facts }: Timeline,
  { parcelId, consignment }: PlannedParcel,
  answer: BookedParcel | BookingRefused,
): Decision {
  if (trackingOf(facts).has(parcelId)) return nothing;
  if ('refused' in answer) {
    if (standingOf(facts).ended !== undefined || standingHold(facts, REFUSED, parcelId) !== undefined)
      return nothing;
    const detail = { orderId, parcelId, partner: consignment.carrier, code: answer.code };
    return { facts: holdOnce(facts, REFUSED, parcelId), notices: [{ code: 'partner-refused', detail }] };
  }
  const { cost, ...label } = answer;
  const data = { parcelId, carrier: consignment.carrier, ...label, cost: toJson(cost) };
  return { facts: [{ name: 'parcel.booked', data }], notices: [] };
}

function consignee(address: Address, customer: Customer): PostalAddress {
  return { ...address, phone: customer.phone, email: customer.email };
}

/**
 * The slot that the order booked, which it was given only where its parcels all go with the slot's carrier. One that
 * is over by now is of no use to a carrier.
 */
function windowOf(
  slot: Fact<'order.placed'>['data']['deliverySlot'],
  now: Instant,
): Pick<BookParcel, 'deliveryWindow'> {
  return slot === undefined || slot.to <= now ? {} : { deliveryWindow: { from: slot.from, to: slot.to } };
}

function customsOf(
  consignment: PlannedConsignment,
  landedCost: LandedCost,
  iossNumber: string | undefined,
): Pick<BookParcel, 'customs'> {
  if (consignment.dataSet === undefined) return {};
  const items = consignment.lines.map(
    (line): CustomsItem => ({
      description: line.description,
      quantity: line.quantity,
      value: fromJson(line.goodsValue),
      weightGrams: line.unitWeightGrams * line.quantity,
      hsCode: line.hsCode,
      originCountry: line.originCountry,
      sku: line.sku,
    }),
  );
  const isIoss = consignment.scheme === 'ioss' && landedCost.incoterm === 'DDP';
  return { customs: { items, ...(isIoss ? { iossNumber } : {}) } };
}
