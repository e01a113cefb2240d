import type { ConsignmentLine } from '../../../events/landed-cost.ts';
import type { Ratio } from '../../kernel/money.ts';
import { ratioOf } from '../../kernel/money.ts';
import type { DutyUnit } from '../rules/duty-rate-schema.ts';

/** How much of a unit all units of a line are, with what was assumed. */
interface Quantity {
  readonly of: Ratio;
  readonly assumption?: string | undefined;
}

/** A unit in the words of a rate, and what a product without the measure does not say. */
const units: Readonly<Record<DutyUnit, { readonly name: string; readonly missing: string }>> = {
  kg: { name: 'kg', missing: 'net weight' },
  'gross-kg': { name: 'kg gross', missing: 'weight' },
  litre: { name: 'litre', missing: 'volume' },
  'alcohol-litre': { name: 'litre of alcohol', missing: 'volume and alcohol by volume' },
  'alcohol-degree-hectolitre': { name: '% vol/hl', missing: 'volume and alcohol by volume' },
  piece: { name: 'piece', missing: 'number of pieces' },
  pair: { name: 'pair', missing: 'number of pairs' },
  'square-metre': { name: 'm2', missing: 'area' },
  metre: { name: 'm', missing: 'length' },
  'cubic-metre': { name: 'm3', missing: 'volume in cubic metres' },
  carat: { name: 'carat', missing: 'weight in carats' },
  'kg-sugar': { name: 'kg of sugar', missing: 'content of sugar' },
  'watch-jewel': { name: 'jewel', missing: 'number of jewels of the movement' },
};

/** Footwear, hosiery and gloves: what is sold as one is a pair. */
const SOLD_IN_PAIRS = [
  ...['6401', '6402', '6403', '6404', '6405', '6115', '6116', '6216'],
  ...['392620', '401511', '401512', '401519', '420321', '420329'],
];

const GRAMS = 1_000n;

/** `litre`, `kg`, `100 kg`, `12 pair`: what an amount is for. */
export const unitText = (unit: DutyUnit, per: number): string =>
  per === 1 ? units[unit].name : `${per} ${units[unit].name}`;

/** What the product would have to say for the unit, in words. */
export const missingMeasure = (unit: DutyUnit): string => units[unit].missing;

/**
 * The quantity of a line in a unit of the tariff. Undefined if the product does not state what it takes. The net weight
 * is assumed to be the unit weight of a product that states none; one sold unit of footwear, hosiery and gloves is
 * assumed to be a pair.
 */
export function quantityIn(unit: DutyUnit, line: ConsignmentLine): Quantity | undefined {
  const { quantity, unitWeightGrams, measures = {} } = line;
  const count = BigInt(quantity);
  const all = (one: Ratio) => ({ of: { numerator: one.numerator * count, denominator: one.denominator } });
  const stated = (decimal: string | undefined) => (decimal === undefined ? undefined : all(ratioOf(decimal)));
  const whole = (amount: number) => all({ numerator: BigInt(amount), denominator: 1n });
  const grams = (amount: number) => all({ numerator: BigInt(amount), denominator: GRAMS });
  switch (unit) {
    case 'kg':
      return measures.netWeightGrams === undefined
        ? { ...grams(unitWeightGrams), assumption: 'the net weight is taken to be the unit weight' }
        : grams(measures.netWeightGrams);
    case 'gross-kg':
      return grams(unitWeightGrams);
    case 'piece':
      return whole(measures.pieces ?? 1);
    case 'pair':
      return measures.pairs === undefined ? pairOf(line, whole(1)) : whole(measures.pairs);
    case 'litre':
      return stated(measures.litres);
    // Litres times the percentage by a hundred: litres of alcohol, and per cents of alcohol in a hectolitre.
    case 'alcohol-litre':
    case 'alcohol-degree-hectolitre':
      return alcoholIn(measures, count);
    case 'metre':
      return stated(measures.metres);
    case 'square-metre':
      return stated(measures.squareMetres);
    case 'cubic-metre':
      return stated(measures.cubicMetres);
    case 'carat':
      return stated(measures.carats);
    case 'kg-sugar':
    case 'watch-jewel':
      return undefined;
  }
}

const pairOf = ({ hsCode }: ConsignmentLine, one: Quantity): Quantity | undefined =>
  SOLD_IN_PAIRS.some((code) => hsCode.startsWith(code))
    ? { ...one, assumption: 'a sold unit is taken to be a pair' }
    : undefined;

function alcoholIn(
  { litres, alcoholPercent }: NonNullable<ConsignmentLine['measures']>,
  count: bigint,
): Quantity | undefined {
  if (litres === undefined || alcoholPercent === undefined) return undefined;
  const [volume, share] = [ratioOf(litres), ratioOf(alcoholPercent)];
  return {
    of: {
      numerator: volume.numerator * share.numerator * count,
      denominator: volume.denominator * share.denominator * 100n,
    },
  };
}
