import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import type { LandedCost, PlannedConsignment } from '../../events/landed-cost.ts';
import { importingMerchant } from '../catalogue/index.ts';
import type { Address, Customer } from '../kernel/address.ts';
import { defined } from '../kernel/defined.ts';
import { add, toJson } from '../kernel/money.ts';
import { type Instant, toInstant } from '../kernel/time.ts';
import {
  activeHold,
  blockerOf,
  closedParcels,
  type Decided,
  type Decision,
  decideAndReport,
  forEachInTurn,
  holdOnce,
  loadOrder,
  nothing,
  orderStateOf,
  type PlannedParcel,
  placedFact,
  plannedParcels,
  type Timeline,
  toCollect,
} from '../timeline/index.ts';
import { type Booking, bookPieces, labelsOf } from './book-pieces.ts';
import { bookingAttempt, REFUSED } from './booking-attempt.ts';
import type { BookedPiece, BookPiece, CustomsData, PostalAddress } from './carrier.ts';
import { type Carton, cartonsOf, wholeIn } from './cartons.ts';
import type { BookingDeps } from './shipping-deps.ts';
import { trackingOf } from './tracking.ts';
import { voidLabelsOf, voidNamed } from './void-labels.ts';
import { voidUnnamedOf } from './void-unnamed.ts';

/**
 * Books every parcel of a paid order with its carrier: a label and tracking number for each of its cartons. A carton is
 * booked once, by its reference, also if this is repeated. A refusal stands until a person has looked and
 * released the order. If the order stopped meanwhile, its labels are voided. Labels that must not be used are voided
 * first, whatever happened to the order: an earlier try may have bought them. A parcel of a presale waits for its day.
 */
export async function bookParcels(deps: BookingDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const undoThenDo = [() => voidLabelsOf(deps, timeline, cause), () => bookMissing(deps, timeline, cause)];
  await forEachInTurn(undoThenDo, (act) => act());
}

async function bookMissing(deps: BookingDeps, timeline: Timeline, cause: Cause): Promise<void> {
  const { orderId } = timeline;
  const parcels = parcelsToBook(timeline, toInstant(deps.clock()));
  if (parcels.length === 0) return;
  const { customer, shippingAddress } = await deps.details.read(orderId);
  const { landedCost, deliverySlot, guaranteeCode } = placedFact(timeline).data;
  await forEachInTurn(parcels, async ({ parcelId, consignment }) => {
    const carrier = await deps.carrierByCode(consignment.carrier);
    const attempt = bookingAttempt(timeline.facts, parcelId);
    const [warehouse, cartons, seller] = await Promise.all([
      // The warehouse where the carrier collects: its address is the sender's on the label.
      deps.warehouseById(consignment.via?.at(-1) ?? consignment.warehouseId),
      cartonsToBook(deps, { parcelId, consignment }, attempt),
      deps.registrations(),
    ]);
    const pieceOf = ({ items, ...carton }: Carton): BookPiece => ({
      orderId,
      parcelId,
      service: consignment.service,
      incoterm: landedCost.incoterm,
      from: warehouse.address,
      to: consignee(shippingAddress, customer),
      ...carton,
      ...customsOf(consignment, { items, ...partiesOf(seller, landedCost) }),
      ...defined({ printedReference: guaranteeCode, cashOnDelivery: toCollect(timeline.facts, parcelId) }),
      ...windowOf(deliverySlot, toInstant(deps.clock())),
    });
    const [first, ...others] = cartons;
    const booking = await bookPieces(carrier, deps.clock, [pieceOf(first), ...others.map(pieceOf)]);
    const latest = await decideAndReport(deps, orderId, cause, (now) =>
      decideBooking(now, { parcel: { parcelId, consignment }, attempt }, booking),
    );
    // Two copies of a message buy two labels, and one wins. If one carton was refused, the parcel gets no label at all.
    const bought = { timeline: latest, parcel: { parcelId, consignment }, labels: labelsOf(booking) };
    await voidUnnamedOf(deps, bought, cause);
    await voidNamed(deps, latest, cause);
  });
}

async function cartonsToBook(
  deps: Pick<BookingDeps, 'parcelSize'>,
  parcel: PlannedParcel,
  attempt: number,
): Promise<readonly [Carton, ...Carton[]]> {
  const [first, ...others] = cartonsOf(parcel, attempt);
  if (first !== undefined) return [first, ...others];
  return [wholeIn(parcel, await deps.parcelSize(parcel.consignment), attempt)];
}

/** The parcels that have no label yet and may be booked now. */
function parcelsToBook(timeline: Timeline, now: Instant): PlannedParcel[] {
  const { facts } = timeline;
  if (blockerOf(facts) !== undefined) return [];
  const booked = trackingOf(facts);
  const closed = closedParcels(facts);
  return plannedParcels(timeline).filter(
    ({ parcelId, consignment: { sentFrom = now } }) =>
      sentFrom <= now &&
      !booked.has(parcelId) &&
      !closed.has(parcelId) &&
      activeHold(facts, REFUSED, parcelId) === undefined,
  );
}

/**
 * The booking is recorded even if the order has ended meanwhile: the labels exist and cost money. One that a person's
 * release has replaced meanwhile is not: its labels are voided.
 */
function decideBooking(
  { orderId, facts }: Timeline,
  {
    parcel: { parcelId, consignment },
    attempt,
  }: { readonly parcel: PlannedParcel; readonly attempt: number },
  booking: Booking,
): Decision {
  if (trackingOf(facts).has(parcelId) || bookingAttempt(facts, parcelId) !== attempt) return nothing;
  if ('refusal' in booking) {
    if (orderStateOf(facts).ended !== undefined || activeHold(facts, REFUSED, parcelId) !== undefined)
      return nothing;
    const detail = { orderId, parcelId, partner: consignment.carrier, code: booking.refusal.code };
    return { facts: holdOnce(facts, REFUSED, parcelId), notices: [{ code: 'partner-refused', detail }] };
  }
  // Another copy of the message had a carton refused and voids the labels, perhaps these. So this one voids them too.
  if (booking.booked.length > 1 && activeHold(facts, REFUSED, parcelId) !== undefined) return nothing;
  return { facts: [bookedFact(parcelId, consignment.carrier, booking.booked)], notices: [] };
}

function bookedFact(
  parcelId: string,
  carrier: string,
  [first, ...others]: readonly [BookedPiece, ...BookedPiece[]],
): Decided {
  const { cost, service, ...label } = first;
  const pieces = [first, ...others].map(({ service: _same, ...piece }) => ({
    ...piece,
    cost: toJson(piece.cost),
  }));
  const all = others.reduce((costs, piece) => add(costs, piece.cost), cost);
  const data = { parcelId, carrier, service, ...label, cost: toJson(all) };
  return { name: 'parcel.booked', data: others.length === 0 ? data : { ...data, pieces } };
}

function consignee(address: Address, customer: Customer): PostalAddress {
  return { ...address, phone: customer.phone, email: customer.email };
}

/**
 * The delivery slot of the order. An order gets a slot only if all its parcels go with the slot's carrier. A slot in
 * the past is left out, because a carrier can't use it.
 */
function windowOf(
  slot: Fact<'order.placed'>['data']['deliverySlot'],
  now: Instant,
): Pick<BookPiece, 'deliveryWindow'> {
  return slot === undefined || slot.to <= now ? {} : { deliveryWindow: { from: slot.from, to: slot.to } };
}

/** The seller's part in an import: its IOSS number, and itself where it is the importer of record. */
function partiesOf(
  seller: Awaited<ReturnType<BookingDeps['registrations']>>,
  { destination, incoterm }: LandedCost,
): Omit<CustomsData, 'items'> {
  if (seller === undefined) return {};
  return {
    iossNumber: seller.ioss,
    importer: importingMerchant(seller, destination.country, incoterm),
  };
}

/** Under IOSS the tax was charged at the sale whatever the Incoterm: every such carton carries the IOSS number. */
function customsOf(
  { dataSet, scheme }: PlannedConsignment,
  { iossNumber, ...data }: CustomsData,
): Pick<BookPiece, 'customs'> {
  if (dataSet === undefined) return {};
  return { customs: { ...data, ...(scheme === 'ioss' ? { iossNumber } : {}) } };
}
