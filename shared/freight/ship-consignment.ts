import { add, formatMoney, type Money, money, times } from '../kernel/money.ts';
import type { CalendarDate, Instant } from '../kernel/time.ts';
import { dateOf, localTimeAt } from '../kernel/zoned-time.ts';
import { standardBoxes } from './box.ts';
import { type CarbonFootprint, carbonOf } from './carbon.ts';
import { type ItemToPack, type ParcelGroup, packInto, type UsableBox, usableBoxes } from './cartonise.ts';
import type { Destination } from './destination.ts';
import { workBegins } from './hand-over.ts';
import { type Lane, rateCardOn } from './lane.ts';
import { type TransferPart, takeOverOf, transferLegs, transferParts } from './line-haul.ts';
import type { NotShippable } from './parcel-size.ts';
import { type FreightPart, priceParcel } from './price-parcel.ts';
import { type DeliveryPromise, promiseDelivery } from './promise-delivery.ts';
import type { RateCard } from './rate-card.ts';
import { zoneOf } from './read-rate-card.ts';
import type { ShippingSite } from './shipping-site.ts';

export interface ConsignmentToShip {
  readonly warehouse: ShippingSite;
  readonly lane: Lane;
  readonly items: readonly ItemToPack[];
  readonly destination: Destination;
  readonly now: Instant;
  /** When the goods reach the warehouse, if they come from another one first. */
  readonly availableAt?: Instant | undefined;
  /** The percentage of parcels that arrive within the promise. Replaces the lane's own. */
  readonly percentile?: number | undefined;
}

/** A consignment with a lane: its parcels, freight, promise and emissions. */
export interface ShippedConsignment {
  readonly parcels: readonly ParcelGroup[];
  readonly parcelCount: number;
  /** The carrier's freight: the sum of the parts, in the currency of the rate card. */
  readonly freight: Money;
  readonly freightParts: readonly FreightPart[];
  readonly rateCardId: string;
  /** The cost of line-haul to the warehouse that hands over, each part in the currency of its own rate. */
  readonly transferParts: readonly TransferPart[];
  /** Grams of CO2 equivalent of its transport and its cartons. */
  readonly carbonGrams: number;
  readonly carbon: CarbonFootprint;
  readonly grossWeightGrams: number;
  readonly promise: DeliveryPromise;
  /** The day on which the warehouse begins to work on it, in its zone. */
  readonly workDay: CalendarDate;
}

/**
 * The most cartons of one consignment. All its labels are written in one transaction, which takes a hundred items.
 * Anything larger goes by pallet, and a parcel carrier's card does not price pallets.
 */
const MAX_PARCELS = 50;

/**
 * Packs, prices and promises one consignment by one lane, or gives the reason why the lane can't take it. Pure and
 * deterministic: callers may keep the answer. Values that do not depend on the goods are calculated once, as long as
 * lane, warehouse, destination and time stay the same.
 */
export function shipConsignment(input: ConsignmentToShip): ShippedConsignment | NotShippable {
  const { lane, items, destination } = input;
  const ready = readyFor(input);
  if ('reason' in ready) return ready;
  const { promise, date, card, usable } = ready;
  const parcels = packInto(items, usable, card);
  if ('reason' in parcels) return parcels;
  const parcelCount = parcels.reduce((all, { count }) => all + count, 0);
  if (parcelCount > MAX_PARCELS)
    return {
      reason: 'too-many-parcels',
      detail: `${parcelCount} cartons; at most ${MAX_PARCELS} go as one`,
    };
  const priced = priceParcels(card, parcels, destination, date);
  if ('reason' in priced) return priced;
  const grossGrams = parcels.reduce((all, { count, grossWeightGrams }) => all + count * grossWeightGrams, 0);
  const carbon = carbonOfWay(input, grossGrams, cartonGrams(parcels, usable));
  return {
    parcels,
    parcelCount,
    ...priced,
    rateCardId: card.rateCardId,
    transferParts: transferParts(lane.via ?? [], grossGrams),
    carbonGrams: carbon.grams,
    carbon,
    grossWeightGrams: grossGrams,
    promise,
    workDay: ready.workDay,
  };
}

/** The transfers to the warehouse that hands over, then the lane from there; and the cartons. */
function carbonOfWay(
  { warehouse, lane, destination }: Omit<ConsignmentToShip, 'items'>,
  grossGrams: number,
  packagingGrams = 0,
): CarbonFootprint {
  const { via = [] } = lane;
  const from = via.at(-1)?.to ?? warehouse;
  const carriers = carbonOf({ site: from, lane, country: destination.country }, grossGrams, packagingGrams);
  if (via.length === 0) return carriers;
  const before = transferLegs(warehouse, via, grossGrams);
  const grams = before.reduce((all, leg) => all + leg.grams, carriers.grams);
  return { ...carriers, grams, legs: [...before, ...carriers.legs] };
}

/** The weight of the cartons. The weight of goods that ship in their own packaging includes it already. */
function cartonGrams(parcels: readonly ParcelGroup[], usable: readonly UsableBox[]): number {
  return parcels.reduce((all, { boxId, count }) => {
    const own = boxId === undefined ? undefined : usable.find(({ box }) => box.boxId === boxId);
    return all + count * (own?.box.tareGrams ?? 0);
  }, 0);
}

/** A lane prepared for one destination, independent of the goods. */
interface ReadyLane {
  readonly promise: DeliveryPromise;
  readonly workDay: CalendarDate;
  /** The day of hand-over in the zone of the warehouse that hands over. */
  readonly date: CalendarDate;
  readonly card: RateCard;
  readonly usable: readonly UsableBox[];
}

type Question = Omit<ConsignmentToShip, 'items' | 'lane'>;

const lastAsked = new WeakMap<
  Lane,
  { readonly question: Question; readonly answer: ReadyLane | NotShippable }
>();

function readyFor({ items: _items, lane, ...question }: ConsignmentToShip): ReadyLane | NotShippable {
  const last = lastAsked.get(lane);
  if (
    last !== undefined &&
    last.question.warehouse === question.warehouse &&
    last.question.destination === question.destination &&
    last.question.now === question.now &&
    last.question.availableAt === question.availableAt &&
    last.question.percentile === question.percentile
  )
    return last.answer;
  const answer = makeReady(lane, question);
  lastAsked.set(lane, { question, answer });
  return answer;
}

function makeReady(
  lane: Lane,
  { warehouse, destination, now, availableAt, percentile }: Question,
): ReadyLane | NotShippable {
  const { country } = destination;
  const name = `${lane.carrier} ${lane.service}`;
  if (!lane.countries.includes(country))
    return { reason: 'not-served', detail: `${name} does not go to ${country}` };
  const { transit, collections } = lane;
  const from = takeOverOf(warehouse, lane, now, availableAt);
  const promise = promiseDelivery({ ...from, transit, collections, destination, now, percentile });
  const date = dateOf(localTimeAt(from.site.timeZone, Date.parse(promise.handOver)).day);
  const card = rateCardOn(lane, date);
  if (card === undefined) return { reason: 'no-rate-card', detail: `${name} has no rate card for ${date}` };
  const boxes = warehouse.boxes.length === 0 ? standardBoxes : warehouse.boxes;
  const beginsMs = Math.max(Date.parse(now), availableAt === undefined ? 0 : Date.parse(availableAt));
  const workDay = dateOf(workBegins(warehouse, beginsMs).day);
  return { promise, workDay, date, card, usable: usableBoxes(boxes, card) };
}

/** Each parcel is priced separately; identical ones are priced once and multiplied. */
function priceParcels(
  card: RateCard,
  parcels: readonly ParcelGroup[],
  destination: Destination,
  date: CalendarDate,
): Pick<ShippedConsignment, 'freight' | 'freightParts'> | NotShippable {
  let freight = money(0, card.currency);
  const freightParts: FreightPart[] = [];
  for (const group of parcels) {
    const { count } = group;
    const one = priceParcel(card, group, destination, date);
    if ('reason' in one) {
      const lineId = group.contents[0]?.lineId;
      return lineId === undefined ? one : { ...one, lineId };
    }
    freight = add(freight, times(one.freight, count));
    for (const part of one.parts) freightParts.push(count === 1 ? part : manyTimes(part, count));
  }
  return { freight, freightParts };
}

function manyTimes(part: FreightPart, count: number): FreightPart {
  const amount = times(part.amount, count);
  return { ...part, amount, formula: `${formatMoney(amount)} = ${count} parcels x (${part.formula})` };
}

/** Lower bounds of a lane: cost and emissions by the weight of the goods, and the earliest promise. */
export interface LaneMinimum {
  readonly currency: RateCard['currency'];
  /** In minor units of the currency: never more than the freight of goods with that weight, in any packing. */
  freightMinor(goodsGrams: number): number;
  carbonGrams(goodsGrams: number): number;
  /** Milliseconds since the epoch. */
  readonly latestMs: number;
}

/**
 * Lower bounds for a search over many consignments; undefined where the lane accepts none. Each parcel costs at least
 * the cheapest break, and at least the cheapest gram of its zone for each gram. Surcharges are not included. A
 * transfer's cost is included only if its rate is in the card's currency: another currency would have to be converted
 * first.
 */
export function minOfLane(question: Omit<ConsignmentToShip, 'items'>): LaneMinimum | undefined {
  const ready = readyFor({ ...question, items: [] });
  if ('reason' in ready) return undefined;
  const { lane, destination } = question;
  const { currency } = ready.card;
  const zone = zoneOf(ready.card, destination);
  if (zone === undefined) return undefined;
  const prices = zone.weightBreaks.map(({ priceMinor }) => priceMinor);
  const step = zone.additionalStep;
  // Thousandths of a minor unit a gram, rounded down.
  const millis = zone.weightBreaks.map(({ upToGrams, priceMinor }) =>
    Math.floor((priceMinor * 1000) / upToGrams),
  );
  if (step !== undefined) millis.push(Math.floor((step.priceMinor * 1000) / step.stepGrams));
  const [min, perGram] = [Math.min(...prices), Math.min(...millis)];
  const transfers = (lane.via ?? []).filter(({ transferRate }) => transferRate?.currency === currency);
  const transferMinor = (grams: number) =>
    transferParts(transfers, grams).reduce((all, { amount }) => all + amount.amountMinor, 0);
  return {
    currency,
    freightMinor: (grams) => Math.max(min, Math.floor((grams * perGram) / 1000)) + transferMinor(grams),
    // The figure of each leg is rounded separately, so the bound is one gram lower per leg. Cartons only add to the
    // figure.
    carbonGrams: (grams) => {
      const { grams: carbon, legs } = carbonOfWay(question, grams);
      return Math.max(0, carbon - legs.length);
    },
    latestMs: Date.parse(ready.promise.latest),
  };
}
