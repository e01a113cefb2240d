import type { DemandOverDays } from './demand-over-days.ts';
import { badFigure, type PlanningProblem } from './problem.ts';

/** A: the SKUs that make most of the value; B: the next; C: the rest. */
type ValueClass = 'A' | 'B' | 'C';
/** X: steady demand; Y: variable; Z: sporadic. */
type VariabilityClass = 'X' | 'Y' | 'Z';

/** A SKU to classify. */
export interface SkuToClassify {
  readonly sku: string;
  /** What a year of its demand is worth, in minor units of one currency for all SKUs. */
  readonly yearlyMinor: number;
  /** Its demand over one period of planning, such as a week. */
  readonly demand: DemandOverDays;
}

/** Where one class ends and the next begins, and the service level of each pair. */
export interface ClassSettings {
  /** Shares of the whole value, cumulated from the highest: A up to the first, B up to the second. */
  readonly valueShares: readonly [number, number];
  /** Coefficients of variation: X up to the first, Y up to the second. */
  readonly variations: readonly [number, number];
  /** The probability that no demand is missed between an order and its receipt. */
  readonly serviceLevels: Readonly<Record<`${ValueClass}${VariabilityClass}`, number>>;
}

/**
 * The limits 80 % and 95 % are the usual ones since H. F. Dickie, "ABC Inventory Analysis Shoots for Dollars, not
 * Pennies", 1951. The coefficients of variation 0.5 and 1 are those of Scholz-Reiter and others, "Integration of demand
 * forecasts in ABC-XYZ analysis", 2012. The service levels are a merchant's choice; these are a start.
 */
export const defaultClasses: ClassSettings = {
  valueShares: [0.8, 0.95],
  variations: [0.5, 1],
  serviceLevels: {
    AX: 0.98,
    AY: 0.97,
    AZ: 0.95,
    BX: 0.97,
    BY: 0.95,
    BZ: 0.92,
    CX: 0.95,
    CY: 0.92,
    CZ: 0.9,
  },
};

/** The classes of a SKU, and the service level that follows. */
export interface SkuClass {
  readonly sku: string;
  readonly value: ValueClass;
  readonly variability: VariabilityClass;
  readonly serviceLevel: number;
}

/**
 * The classes of all SKUs. A SKU is in A if those with more value are below the first share: so the highest one always
 * is. SKUs of the same value are taken in the order of their names. A SKU without demand is in Z, one without value in
 * C. A figure that is no number makes a problem of its SKU only.
 */
export function classify(
  skus: readonly SkuToClassify[],
  settings: ClassSettings = defaultClasses,
): { readonly classes: SkuClass[]; readonly problems: PlanningProblem[] } {
  const problems: PlanningProblem[] = [];
  const usable = skus.filter(({ sku, yearlyMinor, demand }) => {
    const { mean, standardDeviation } = demand;
    const problem = badFigure(sku, { yearlyMinor, mean, standardDeviation });
    if (problem !== undefined) problems.push(problem);
    return problem === undefined;
  });
  const whole = usable.reduce((sum, { yearlyMinor }) => sum + yearlyMinor, 0);
  const sorted = [...usable].sort((a, b) => b.yearlyMinor - a.yearlyMinor || (a.sku < b.sku ? -1 : 1));
  let before = 0;
  const classes = sorted.map(({ sku, yearlyMinor, demand }) => {
    const value = yearlyMinor === 0 ? 'C' : valueClass(before, whole, settings);
    before += yearlyMinor;
    const variability = variabilityClass(demand, settings);
    return { sku, value, variability, serviceLevel: settings.serviceLevels[`${value}${variability}`] };
  });
  return { classes, problems };
}

function valueClass(before: number, whole: number, { valueShares: [a, b] }: ClassSettings): ValueClass {
  if (before < a * whole) return 'A';
  return before < b * whole ? 'B' : 'C';
}

function variabilityClass(
  { mean, standardDeviation }: DemandOverDays,
  { variations: [x, y] }: ClassSettings,
): VariabilityClass {
  const variation = mean === 0 ? Number.POSITIVE_INFINITY : standardDeviation / mean;
  if (variation <= x) return 'X';
  return variation <= y ? 'Y' : 'Z';
}
