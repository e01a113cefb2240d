import type { ConsignmentLine } from '../../events/landed-cost.ts';
import { type PackedCarton, packedCartons } from '../freight/index.ts';
import { invariant } from '../kernel/invariant.ts';
import { allocate, fromJson, type Money } from '../kernel/money.ts';
import type { PlannedParcel } from '../timeline/index.ts';
import type { CustomsItem } from './carrier.ts';
import type { ParcelSize } from './shipping-deps.ts';

/** One carton of a parcel, as it is booked. */
export interface Carton extends ParcelSize {
  /** Its name at the carrier. */
  readonly reference: string;
  /** Its contents. */
  readonly items: readonly CustomsItem[];
}

/** The cartons of a parcel as the quote packed them, each with its contents; empty if it was quoted without cartons. */
export function cartonsOf({ parcelId, consignment }: PlannedParcel, attempt = 0): Carton[] {
  const packed = packedCartons(consignment);
  const goods = divideGoods(consignment.lines, packed);
  const references = referencesOf(parcelId, packed.length, attempt);
  return packed.map(({ dimensions, grossWeightGrams: weightGrams }, index) => ({
    reference: references[index] ?? parcelId,
    weightGrams,
    dimensions,
    items: goods[index] ?? [],
  }));
}

/** The names of a parcel's cartons at the carrier, of which there is at least one, in the booking of that number. */
export function cartonReferences({ parcelId, consignment }: PlannedParcel, attempt: number): string[] {
  return referencesOf(parcelId, Math.max(1, packedCartons(consignment).length), attempt);
}

function referencesOf(parcelId: string, cartons: number, attempt: number): string[] {
  const name = attempt === 0 ? parcelId : `${parcelId}-again-${attempt}`;
  return cartons === 1 ? [name] : Array.from({ length: cartons }, (_, index) => `${name}-${index + 1}`);
}

/** All goods of the parcel in one carton of that size, with the parcel's own name. */
export function wholeIn(parcel: PlannedParcel, size: ParcelSize, attempt: number): Carton {
  const { lines } = parcel.consignment;
  const items = lines.map((line) => itemOf(line, line.quantity, fromJson(line.goodsValue)));
  const [reference = parcel.parcelId] = referencesOf(parcel.parcelId, 1, attempt);
  return { reference, ...size, items };
}

/**
 * The contents of each carton. The value of a line is divided over its cartons by number of units, without losing or
 * adding a minor unit: all labels together declare the value that the consignment was charged by.
 */
function divideGoods(lines: readonly ConsignmentLine[], cartons: readonly PackedCarton[]): CustomsItem[][] {
  const goods = cartons.map((): CustomsItem[] => []);
  if (cartons.length === 0) return goods;
  for (const line of lines) {
    const units = cartons.map(({ contents }) =>
      contents.reduce((all, { lineId, quantity }) => (lineId === line.lineId ? all + quantity : all), 0),
    );
    const packed = units.reduce((all, quantity) => all + quantity, 0);
    invariant(packed === line.quantity, 'every unit is in one carton', { lineId: line.lineId, packed });
    const values = allocate(fromJson(line.goodsValue), units);
    for (const [index, value] of values.entries()) {
      const quantity = units[index] ?? 0;
      if (quantity > 0) goods[index]?.push(itemOf(line, quantity, value));
    }
  }
  return goods;
}

function itemOf(line: ConsignmentLine, quantity: number, value: Money): CustomsItem {
  const { description, hsCode, originCountry, sku, unitWeightGrams } = line;
  const weightGrams = unitWeightGrams * quantity;
  return { description, quantity, value, weightGrams, hsCode, originCountry, sku };
}
