import type { Dimensions } from '../kernel/measure.ts';
import { add, formatMoney, type Money, money, multiply, sum } from '../kernel/money.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { Destination } from './destination.ts';
import { lengthPlusGirthMm, type NotShippable, overLimits, sidesOf } from './parcel-size.ts';
import type { RateCard, RateZone, Surcharge } from './rate-card.ts';
import { percentOf, remoteAreaMinor, zoneOf } from './read-rate-card.ts';

/** A packed parcel: outer dimensions, and its weight with the box. */
export interface ParcelToPrice {
  readonly dimensions: Dimensions;
  readonly grossWeightGrams: number;
}

/** One figure of the freight, with its calculation. */
export interface FreightPart {
  /** `freight` by weight, `fuel`, `remote-area`, or the code of a surcharge. */
  readonly code: string;
  readonly description: string;
  readonly amount: Money;
  readonly formula: string;
}

export interface ParcelFreight {
  /** The sum of the parts, in the card's currency. */
  readonly freight: Money;
  readonly parts: readonly FreightPart[];
  readonly zone: string;
  /** The charged weight: the larger of the weight and the dimensional weight. */
  readonly billableGrams: number;
}

/**
 * Freight of one parcel by a rate card on the day of hand-over (in the warehouse's zone), part by part, or the reason
 * why the carrier does not accept it. Each percentage is rounded once, half up, to the minor unit.
 */
export function priceParcel(
  card: RateCard,
  parcel: ParcelToPrice,
  destination: Destination,
  date: CalendarDate,
): ParcelFreight | NotShippable {
  if (date < card.validFrom || (card.validTo !== undefined && date > card.validTo))
    return { reason: 'no-rate-card', detail: `rate card ${card.rateCardId} is not valid on ${date}` };
  const over = overLimits(card, parcel.dimensions, parcel.grossWeightGrams);
  if (over !== undefined) return over;
  const zone = zoneOf(card, destination);
  if (zone === undefined)
    return {
      reason: 'no-zone',
      detail: `rate card ${card.rateCardId} has no zone for ${destination.country}`,
    };
  const weight = billableWeight(card, parcel);
  const base = freightByWeight(card, zone, weight.grams);
  if ('reason' in base) return base;
  const parts: FreightPart[] = [{ ...base, formula: `${base.formula}${weight.note}` }];
  let bearing = base.amount;
  for (const surcharge of card.surcharges) {
    if (!applies(surcharge, parcel, destination, date)) continue;
    const part = surchargePart(card, surcharge, base.amount);
    parts.push(part);
    if (surcharge.bearsFuel) bearing = add(bearing, part.amount);
  }
  const remote = remoteAreaMinor(card, destination);
  if (remote > 0) parts.push(flat(card, 'remote-area', 'Remote area', remote));
  const fuel = card.fuel.find(({ from, to }) => from <= date && (to === undefined || date <= to));
  if (fuel !== undefined) parts.push(fuelPart(card, fuel.percent, bearing));
  const freight = sum(
    parts.map(({ amount }) => amount),
    card.currency,
  );
  return { freight, parts, zone: zone.zone, billableGrams: weight.grams };
}

/** The larger of the weight and the dimensional weight (a started gram counts whole), rounded up to the card's step. */
function billableWeight(card: RateCard, { dimensions, grossWeightGrams }: ParcelToPrice) {
  const { dimensionalDivisor: divisor, weightStepGrams: step } = card;
  const { lengthMm, widthMm, heightMm } = dimensions;
  // Cubic millimetres divided by cubic centimetres per kilogram gives grams, because both are a thousandth.
  const bulk = divisor === undefined ? 0 : Math.ceil((lengthMm * widthMm * heightMm) / divisor);
  const grams = Math.ceil(Math.max(grossWeightGrams, bulk) / step) * step;
  const note =
    bulk > grossWeightGrams
      ? `; charged for ${grams} g, the dimensional weight of ${lengthMm} x ${widthMm} x ${heightMm} mm at ${divisor} cm3/kg`
      : `; charged for ${grams} g`;
  return { grams, note };
}

function freightByWeight(card: RateCard, zone: RateZone, grams: number): FreightPart | NotShippable {
  const { rateCardId, currency } = card;
  const description = `Freight, zone ${zone.zone}`;
  const within = zone.weightBreaks.find(({ upToGrams }) => grams <= upToGrams);
  if (within !== undefined) {
    const amount = money(within.priceMinor, currency);
    const formula = `${formatMoney(amount)} up to ${within.upToGrams} g, rate card ${rateCardId}`;
    return { code: 'freight', description, amount, formula };
  }
  const last = zone.weightBreaks.at(-1);
  const { additionalStep } = zone;
  if (last === undefined || additionalStep === undefined)
    return {
      reason: 'too-heavy',
      detail: `${grams} g are charged for and zone ${zone.zone} of rate card ${rateCardId} ends at ${last?.upToGrams} g`,
    };
  const { stepGrams, priceMinor } = additionalStep;
  const steps = Math.ceil((grams - last.upToGrams) / stepGrams);
  const first = money(last.priceMinor, currency);
  const amount = money(last.priceMinor + steps * priceMinor, currency);
  const more = `${steps} x ${formatMoney(money(priceMinor, currency))} for each ${stepGrams} g begun`;
  const formula = `${formatMoney(amount)} = ${formatMoney(first)} up to ${last.upToGrams} g + ${more}, rate card ${rateCardId}`;
  return { code: 'freight', description, amount, formula };
}

function applies(
  { when }: Surcharge,
  { dimensions, grossWeightGrams }: ParcelToPrice,
  { country, residential = true }: Destination,
  date: CalendarDate,
): boolean {
  const { oversize } = when;
  if (when.residential !== undefined && when.residential !== residential) return false;
  if (when.countries !== undefined && !when.countries.includes(country)) return false;
  if ((when.from !== undefined && date < when.from) || (when.to !== undefined && date > when.to))
    return false;
  if (oversize === undefined) return true;
  const { longestSideOverMm, lengthPlusGirthOverMm, weightOverGrams } = oversize;
  return (
    (longestSideOverMm !== undefined && sidesOf(dimensions)[0] > longestSideOverMm) ||
    (lengthPlusGirthOverMm !== undefined && lengthPlusGirthMm(dimensions) > lengthPlusGirthOverMm) ||
    (weightOverGrams !== undefined && grossWeightGrams > weightOverGrams)
  );
}

function surchargePart(card: RateCard, surcharge: Surcharge, base: Money): FreightPart {
  const { code, description, percent, amountMinor = 0 } = surcharge;
  if (percent === undefined) return flat(card, code, description, amountMinor);
  const amount = multiply(base, percentOf(card, percent));
  const formula = `${formatMoney(amount)} = ${percent} % of ${formatMoney(base)}, rate card ${card.rateCardId}`;
  return { code, description, amount, formula };
}

function flat(card: RateCard, code: string, description: string, amountMinor: number): FreightPart {
  const amount = money(amountMinor, card.currency);
  const formula = `${formatMoney(amount)} a parcel, rate card ${card.rateCardId}`;
  return { code, description, amount, formula };
}

function fuelPart(card: RateCard, percent: string, bearing: Money): FreightPart {
  const amount = multiply(bearing, percentOf(card, percent));
  const formula = `${formatMoney(amount)} = ${percent} % of ${formatMoney(bearing)}, rate card ${card.rateCardId}`;
  return { code: 'fuel', description: 'Fuel surcharge', amount, formula };
}
