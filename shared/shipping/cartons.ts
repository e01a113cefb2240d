import type { ConsignmentLine, PlannedConsignment } from '../../events/landed-cost.ts';
import { type PackedCarton, packedCartons } from '../freight/index.ts';
import { invariant } from '../kernel/invariant.ts';
import { allocate, fromJson, type Money } from '../kernel/money.ts';
import type { CustomsItem } from './carrier.ts';
import type { ParcelSize } from './shipping-deps.ts';

/** One carton of a parcel, as it is booked. */
export interface Carton extends ParcelSize {
  /** Names it at the carrier. */
  readonly reference: string;
  /** The goods in it. */
  readonly items: readonly CustomsItem[];
}

/** The cartons of a parcel as the quote packed them, each with the goods in it; none where it was quoted without. */
export function cartonsOf(parcelId: string, consignment: PlannedConsignment): Carton[] {
  const packed = packedCartons(consignment);
  const goods = divideGoods(consignment.lines, packed);
  return packed.map(({ dimensions, grossWeightGrams: weightGrams }, index) => ({
    reference: packed.length === 1 ? parcelId : `${parcelId}-${index + 1}`,
    weightGrams,
    dimensions,
    items: goods[index] ?? [],
  }));
}

/** All goods of the consignment in one carton of that size, which has the parcel's own name. */
export function wholeIn(parcelId: string, { lines }: PlannedConsignment, size: ParcelSize): Carton {
  const items = lines.map((line) => itemOf(line, line.quantity, fromJson(line.goodsValue)));
  return { reference: parcelId, ...size, items };
}

/**
 * The goods of each carton. The value of a line is divided over its cartons by number of units, without losing or
 * making a minor unit: what all labels declare together is what the consignment was charged by.
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
