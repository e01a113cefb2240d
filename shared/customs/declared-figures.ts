import type { Charge, ConsignmentLine, PlannedConsignment } from '../../events/landed-cost.ts';
import { type PackedCarton, packedCartons } from '../freight/index.ts';
import type { Currency } from '../kernel/currency.ts';
import { add, allocate, fromJson, type Money, sum } from '../kernel/money.ts';
import type { Declaration, DeclarationItem } from './broker.ts';

type Figures = Pick<Declaration, 'items' | 'totals' | 'freight'>;

/**
 * The declared figures of a consignment: its lines as goods items, identical ones joined, with the duty and tax of each
 * line's charges. A charge on the whole consignment is divided over the items by value, so that items and totals agree
 * to the minor unit. Under DAP the figures are declared as well: the consignee pays.
 */
export function figuresOf(
  consignment: PlannedConsignment,
  currency: Currency,
  { maxCodeDigits, byDescription = true }: ItemGrouping,
): Figures {
  const cartons = packedCartons(consignment);
  const groups = [...groupAlike(consignment.lines, { maxCodeDigits, byDescription }).values()];
  const values = groups.map((lines) =>
    sum(
      lines.map((line) => fromJson(line.goodsValue)),
      currency,
    ),
  );
  const spread = (kind: Charge['kind']) => spreadOver(groups, values, chargesOf(consignment, kind), currency);
  const duty = spread('duty');
  const tax = spread('tax');
  const items = groups.flatMap((lines, index): DeclarationItem[] => {
    const [first] = lines;
    const [intrinsicValue, ownDuty, ownTax] = [values[index], duty[index], tax[index]];
    if (first === undefined || intrinsicValue === undefined) return [];
    if (ownDuty === undefined || ownTax === undefined) return [];
    return [
      {
        itemNumber: index + 1,
        sku: first.sku,
        description: descriptionOf(lines),
        hsCode: codeOf(first, maxCodeDigits),
        ...(first.declaredCode === undefined ? {} : { givenHsCode: first.hsCode }),
        originCountry: first.originCountry,
        quantity: lines.reduce((all, { quantity }) => all + quantity, 0),
        netWeightGrams: lines.reduce((all, line) => all + netWeightOf(line), 0),
        packageCount: cartonsWith(cartons, lines),
        intrinsicValue,
        duty: ownDuty,
        tax: ownTax,
        ...(bearsFlatDuty(consignment, lines) && { bearsFlatDuty: true }),
        ...(areGivenAway(consignment, lines) && { isGivenAway: true }),
      },
    ];
  });
  const total = (kind: Charge['kind']) => totalOf(chargesOf(consignment, kind), currency);
  return {
    items,
    totals: { goods: sum(values, currency), duty: total('duty'), tax: total('tax'), fees: total('fee') },
    freight: total('shipping'),
  };
}

/** The number of cartons with these lines: one, if the consignment was quoted without cartons. */
function cartonsWith(cartons: readonly PackedCarton[], lines: readonly ConsignmentLine[]): number {
  const own = new Set(lines.map(({ lineId }) => lineId));
  const holding = cartons.filter(({ contents }) => contents.some(({ lineId }) => own.has(lineId)));
  return Math.max(1, holding.length);
}

/** The flat duty of an item is charged to its first line. */
function bearsFlatDuty({ charges }: PlannedConsignment, lines: readonly ConsignmentLine[]): boolean {
  const own = new Set(lines.map(({ lineId }) => lineId));
  return charges.some(
    ({ code, lineId }) => code === 'eu-flat-duty' && lineId !== undefined && own.has(lineId),
  );
}

/** Whether the shopper was charged nothing for the goods of these lines. */
function areGivenAway({ charges }: PlannedConsignment, lines: readonly ConsignmentLine[]): boolean {
  const own = new Set(lines.map(({ lineId }) => lineId));
  const prices = charges.filter(({ kind, lineId }) => kind === 'goods' && own.has(lineId ?? ''));
  return prices.length > 0 && prices.every(({ amount }) => amount.amount === 0);
}

/** Of all units; the unit weight where the product states no net weight. */
const netWeightOf = ({ measures, unitWeightGrams, quantity }: ConsignmentLine) =>
  (measures?.netWeightGrams ?? unitWeightGrams) * quantity;

/**
 * The digits that the data set takes: more digits would separate identical goods. Of a product with fewer, the code of
 * the line of the tariff that the quote was priced by.
 */
function codeOf({ hsCode, declaredCode = hsCode }: ConsignmentLine, maxDigits: number): string {
  return declaredCode.replaceAll(/\D/g, '').slice(0, maxDigits);
}

/** How lines are joined to goods items. */
export interface ItemGrouping {
  /** The digits of the code that the data set takes. */
  readonly maxCodeDigits: number;
  /** Whether goods of one code and origin with another description are another item. */
  readonly byDescription?: boolean;
}

/** Data element 18 05 of the Union takes this many characters. */
const MAX_DESCRIPTION = 512;

/** The descriptions of an item's goods, each once. */
const descriptionOf = (lines: readonly ConsignmentLine[]) =>
  [...new Set(lines.map(({ description }) => description))].join('; ').slice(0, MAX_DESCRIPTION);

/** Lines with the same code and origin, and the same description where it counts, are one goods item. */
function groupAlike(
  lines: readonly ConsignmentLine[],
  { maxCodeDigits, byDescription }: Required<ItemGrouping>,
): Map<string, ConsignmentLine[]> {
  const groups = new Map<string, ConsignmentLine[]>();
  for (const line of lines) {
    const description = byDescription ? [line.description] : [];
    const key = [codeOf(line, maxCodeDigits), line.originCountry, ...description].join('|');
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return groups;
}

const chargesOf = ({ charges }: PlannedConsignment, kind: Charge['kind']) =>
  charges.filter((charge) => charge.kind === kind);

const totalOf = (charges: readonly Charge[], currency: Currency) =>
  sum(
    charges.map(({ amount }) => fromJson(amount)),
    currency,
  );

function spreadOver(
  groups: readonly (readonly ConsignmentLine[])[],
  values: readonly Money[],
  charges: readonly Charge[],
  currency: Currency,
): Money[] {
  const lineIds = new Set(groups.flat().map(({ lineId }) => lineId));
  const isOfLine = ({ lineId }: Charge) => lineId !== undefined && lineIds.has(lineId);
  const common = totalOf(
    charges.filter((charge) => !isOfLine(charge)),
    currency,
  );
  const weights = values.some(({ amountMinor }) => amountMinor > 0)
    ? values.map(({ amountMinor }) => amountMinor)
    : values.map(() => 1);
  const shares = allocate(common, weights);
  return groups.map((lines, index) => {
    const own = new Set(lines.map(({ lineId }) => lineId));
    const ownCharges = charges.filter(({ lineId }) => lineId !== undefined && own.has(lineId));
    return add(totalOf(ownCharges, currency), shares[index] ?? totalOf([], currency));
  });
}
