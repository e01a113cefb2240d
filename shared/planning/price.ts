import type { Minimum, Offer } from './plan-problem.ts';

/**
 * The figures to minimise: the first, and the second among plans that are equal in the first. Over several consignments
 * the second is a sum. The first is a sum or, for a date, the maximum.
 */
export interface Price {
  readonly first: number;
  readonly second: number;
}

export const NEVER: Price = { first: Number.POSITIVE_INFINITY, second: 0 };

/** How offers are measured, and which are allowed. */
export interface Measure {
  readonly combined: 'sum' | 'latest';
  first(figures: Minimum): number;
  second(figures: Minimum): number;
  /** Also called for lower bounds, which may lack the service. */
  admits(offer: Minimum & { readonly service?: string }): boolean;
}

/** The most consignments of a plan, so that a figure and a count fit one number. */
const MAX_CONSIGNMENTS = 1 << 7;

/** A cost that includes a count of one consignment: of two plans with the same cost, the one with fewer is lower. */
const countedCost = ({ costMinor }: Minimum) => costMinor * MAX_CONSIGNMENTS + 1;

export type Admits = Measure['admits'];

export const byCost = (admits: Admits): Measure => ({
  combined: 'sum',
  admits,
  first: ({ costMinor }) => costMinor,
  second: () => 1,
});

export const byCarbon = (admits: Admits): Measure => ({
  combined: 'sum',
  admits,
  first: ({ carbonGrams }) => carbonGrams,
  second: countedCost,
});

export const byPromise = (admits: Admits): Measure => ({
  combined: 'latest',
  admits,
  first: ({ latestMs }) => latestMs,
  second: () => 0,
});

export const isLess = (a: Price, b: Price) =>
  a.first < b.first || (a.first === b.first && a.second < b.second);

/** The best of the offers: by the measure, then by cost, then by promise; undefined when none is allowed. */
export function bestOffer<O extends Offer>(offers: readonly O[], measure: Measure): O | undefined {
  let best: O | undefined;
  for (const offer of offers) {
    if (!measure.admits(offer)) continue;
    if (best === undefined || order(offer, best, measure) < 0) best = offer;
  }
  return best;
}

const order = (a: Offer, b: Offer, { first, second }: Measure) =>
  first(a) - first(b) || second(a) - second(b) || a.costMinor - b.costMinor || a.latestMs - b.latestMs;

/** The lowest price that an allowed offer can have, by the bounds. */
export function minPrice(
  bounds: readonly (Minimum & { readonly service?: string })[],
  measure: Measure,
): Price {
  let best = NEVER;
  for (const bound of bounds) {
    if (!measure.admits(bound)) continue;
    const price = { first: measure.first(bound), second: measure.second(bound) };
    if (price.first !== Number.POSITIVE_INFINITY && isLess(price, best)) best = price;
  }
  return best;
}
