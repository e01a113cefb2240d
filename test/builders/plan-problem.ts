import type { Offer, PlanProblem } from '../../shared/planning/index.ts';

/** An invented network and basket. Their costs are difficult in the same ways as real costs: see {@link problemOf}. */
export interface MadeUp {
  readonly lines: readonly { readonly value: number; readonly grams: number; readonly quantity: number }[];
  readonly warehouses: readonly {
    readonly country: string;
    /** The units of each line that the warehouse has. */
    readonly stock: readonly number[];
    readonly lanes: readonly {
      readonly service: string;
      readonly base: number;
      readonly perHalfKilogram: number;
      readonly days: number;
      readonly carbonPerKilogram: number;
    }[];
  }[];
  /** By country, the percentage of duty above the threshold. Undefined if the goods cross no border. */
  readonly duty: Readonly<Record<string, number | undefined>>;
}

const THRESHOLD = 150_00;
const FLAT = 3_00;

/**
 * The plan problem of the network. Freight is charged by each half kilogram begun, so goods that are sent together cost
 * less. Up to the threshold each line bears a flat duty, and above it a percentage, so a larger set of lines may cost
 * less. The threshold applies to all goods from one country together. Everything bears 19 % of tax.
 */
export function problemOf({ lines, warehouses, duty }: MadeUp): PlanProblem<Offer> {
  const at = (places: readonly number[]) => places.flatMap((place) => lines[place] ?? []);
  const total = (places: readonly number[], of: (line: MadeUp['lines'][number]) => number) =>
    at(places).reduce((all, line) => all + of(line), 0);
  const withTax = (freight: number, goods: number, owed: number) =>
    freight + owed + Math.round(((goods + freight + owed) * 19) / 100);
  const offersOf = (warehouse: number, wanted: readonly number[], owed: number): Offer[] =>
    (warehouses[warehouse]?.lanes ?? []).map((lane) => {
      const grams = total(wanted, (line) => line.grams);
      const freight = lane.base + lane.perHalfKilogram * Math.ceil(grams / 500);
      return {
        service: lane.service,
        costMinor: withTax(
          freight,
          total(wanted, (line) => line.value),
          owed,
        ),
        latestMs: lane.days * 86_400_000,
        carbonGrams: Math.round((grams * lane.carbonPerKilogram) / 1000),
      };
    });
  return {
    lineCount: lines.length,
    warehouses,
    canShip: (warehouse, wanted) =>
      wanted.every((line) => (warehouses[warehouse]?.stock[line] ?? 0) >= (lines[line]?.quantity ?? 0)),
    offers: (warehouse, wanted, together) => {
      const percent = duty[warehouses[warehouse]?.country ?? ''];
      const value = total(wanted, (line) => line.value);
      const isLow = total(together, (line) => line.value) <= THRESHOLD;
      const owed =
        percent === undefined ? 0 : isLow ? FLAT * wanted.length : Math.round((value * percent) / 100);
      return offersOf(warehouse, wanted, owed);
    },
    min: (warehouse, wanted) => {
      const percent = duty[warehouses[warehouse]?.country ?? ''] ?? 0;
      const owed = Math.min(
        percent === 0 ? 0 : FLAT * wanted.length,
        Math.round((total(wanted, (line) => line.value) * percent) / 100),
      );
      const offers = offersOf(warehouse, wanted, owed);
      return {
        costMinor: Math.min(...offers.map(({ costMinor }) => costMinor)),
        latestMs: Math.min(...offers.map(({ latestMs }) => latestMs)),
        carbonGrams: Math.min(...offers.map(({ carbonGrams }) => carbonGrams)),
      };
    },
  };
}
