import { prices, type UnitPrice } from './prices.ts';

/** Counts by unit. Read request units can be halves. All other units are whole numbers. */
export type Counts = Readonly<Record<string, number>>;

/** One line of a bill; amounts in millionths of a US dollar. */
interface BillLine {
  readonly unit: string;
  readonly label: string;
  readonly count: number;
  /** The price of a million units, rounded to a whole millionth of a dollar. */
  readonly priceMicroUsdPerMillion: number;
  readonly amountMicroUsd: number;
  /** The amount divided by the number of orders, in thousandths of a millionth of a dollar. */
  readonly perOrderNanoUsd: number;
}

/** A bill for the units that the meter counted. */
export interface Bill {
  readonly lines: readonly BillLine[];
  readonly totalMicroUsd: number;
  readonly totalPerOrderNanoUsd: number;
}

/**
 * Prices counted units at list price. Amounts are added in millionths of a millionth of a dollar. Each figure is
 * rounded once, half up, so a total may differ from the sum of its rounded lines by one unit.
 *
 * Throws an Error that names a unit without a price, because a bill without that unit would be wrong.
 */
export function bill(counts: Counts, orders = 1, table: Readonly<Record<string, UnitPrice>> = prices): Bill {
  let totalPico = 0n;
  const lines = Object.entries(counts).map(([unit, count]) => {
    const price = table[unit];
    if (price === undefined) throw new Error(`the unit ${unit} has no price`);
    const pico = picoUsd(Math.round(count * 1_000), price);
    totalPico += pico;
    return {
      unit,
      label: price.label,
      count,
      priceMicroUsdPerMillion: Math.round((price.microUsd * 1_000_000) / price.per),
      amountMicroUsd: divide(pico, 1_000_000n),
      perOrderNanoUsd: divide(pico, 1_000n * BigInt(orders)),
    };
  });
  return {
    lines: lines.sort((left, right) => right.perOrderNanoUsd - left.perOrderNanoUsd),
    totalMicroUsd: divide(totalPico, 1_000_000n),
    totalPerOrderNanoUsd: divide(totalPico, 1_000n * BigInt(orders)),
  };
}

/** The list price of thousandths of a unit, in millionths of a millionth of a dollar, rounded down. */
export function picoUsd(thousandths: number, { microUsd, per }: UnitPrice): bigint {
  return (BigInt(thousandths) * BigInt(microUsd) * 1_000_000n) / (1_000n * BigInt(per));
}

function divide(amount: bigint, by: bigint): number {
  return Number((amount * 2n + by) / (by * 2n));
}
