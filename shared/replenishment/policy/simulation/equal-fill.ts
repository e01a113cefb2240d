import {
  type BacktestOutcome,
  type BacktestSettings,
  backtest,
  type PolicyMaker,
  type SkuHistory,
} from './backtest.ts';

/** A policy with the parameter that meets a fill rate, or the highest fill rate that it reaches. */
export type AtFillRate =
  | { readonly kind: 'reached'; readonly parameter: number; readonly outcome: BacktestOutcome }
  | { readonly kind: 'not-reached'; readonly highest: number };

const MAX_PARAMETER = 512;

/**
 * The least parameter, to a sixteenth, with which a policy meets as much of the demand as the fill rate: the cover in
 * days of a fixed reorder point, or the standard deviations of the textbook's. It is found on the measured days
 * themselves, in favour of that policy: no merchant could know it before.
 */
export function atFillRate(
  skus: readonly SkuHistory[],
  settings: BacktestSettings,
  fillRate: number,
  policyOf: (parameter: number) => PolicyMaker,
): AtFillRate {
  const run = (parameter: number) => backtest(skus, settings, policyOf(parameter));
  let low = 0;
  let high = 1;
  let outcome = run(high);
  while (outcome.fillRate < fillRate) {
    if (high >= MAX_PARAMETER) return { kind: 'not-reached', highest: outcome.fillRate };
    low = high;
    high *= 2;
    outcome = run(high);
  }
  while (high - low > 1 / 16) {
    const middle = (low + high) / 2;
    const tried = run(middle);
    if (tried.fillRate >= fillRate) [high, outcome] = [middle, tried];
    else low = middle;
  }
  return { kind: 'reached', parameter: high, outcome };
}
