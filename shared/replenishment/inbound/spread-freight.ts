import { allocate, divide, fromJson, type MoneyJson, toJson } from '../../kernel/money.ts';

/** Good units of a line that the bill is spread over. */
export interface SpreadLine {
  readonly units: number;
  readonly unitWeightGrams: number;
  /** The price of a unit in minor units; all lines of an order are in one currency. */
  readonly unitValueMinor: number;
}

/** The share of a line: `perUnit` for each unit, and one minor unit more for the first `unitsWithOneMore`. */
export interface LineShare {
  readonly share: MoneyJson;
  readonly perUnitMinor: number;
  readonly unitsWithOneMore: number;
}

/**
 * Spreads a bill of freight over units by their weight or their value, to the minor unit. The shares of all lines sum
 * to the bill exactly, and so do those of all units: the largest remainders get what is left, the earlier line first.
 * A line without units gets nothing. Undefined where there is nothing to spread it over: no unit came, or the units
 * have no value.
 */
export function spreadFreight(
  freight: MoneyJson,
  lines: readonly SpreadLine[],
  by: 'weight' | 'value',
): readonly LineShare[] | undefined {
  const weights = lines.map(
    ({ units, unitWeightGrams, unitValueMinor }) =>
      units * (by === 'weight' ? unitWeightGrams : unitValueMinor),
  );
  if (weights.every((weight) => weight === 0)) return undefined;
  return allocate(fromJson(freight), weights).map((share, index) => {
    const units = lines[index]?.units ?? 0;
    const perUnitMinor = units === 0 ? 0 : Number(divide(BigInt(share.amountMinor), BigInt(units), 'down'));
    return {
      share: toJson(share),
      perUnitMinor,
      unitsWithOneMore: share.amountMinor - perUnitMinor * units,
    };
  });
}
