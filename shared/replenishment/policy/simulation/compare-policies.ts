import { type BacktestOutcome, type BacktestSettings, backtest, type SkuHistory } from './backtest.ts';
import { fixedPolicy, forecastPolicy, periodicPolicy, textbookPolicy } from './backtest-policies.ts';
import { type AtFillRate, atFillRate } from './equal-fill.ts';

/** A policy at our fill rate, and by how much our stock is below its stock: 0.15 is 15 % less. */
type EqualFill = AtFillRate & { readonly lessStock: number | undefined };

/** The same days under each policy. */
export interface PolicyComparison {
  readonly ours: BacktestOutcome;
  readonly fixed: BacktestOutcome;
  readonly textbook: BacktestOutcome;
  readonly periodic: BacktestOutcome;
  /** The fixed policy with the cover at which it fills as much as ours. */
  readonly fixedAtOurFillRate: EqualFill;
  /** The textbook's policy with the standard deviations at which it fills as much as ours. */
  readonly textbookAtOurFillRate: EqualFill;
}

/**
 * Runs our policy, a fixed reorder point with `coverDays` of cover, the textbook's (r, Q) and a review every
 * `everyDays` days over the same demand. Nothing is tuned on the measured days but the policies that ours is compared
 * with at an equal fill rate.
 */
export function comparePolicies(
  skus: readonly SkuHistory[],
  settings: BacktestSettings,
  { coverDays = 14, everyDays = 7 }: { readonly coverDays?: number; readonly everyDays?: number } = {},
): PolicyComparison {
  const ours = backtest(skus, settings, forecastPolicy);
  const against = (found: AtFillRate): EqualFill => ({ ...found, lessStock: lessStock(ours, found) });
  return {
    ours,
    fixed: backtest(skus, settings, fixedPolicy(coverDays)),
    textbook: backtest(skus, settings, textbookPolicy()),
    periodic: backtest(skus, settings, periodicPolicy(everyDays)),
    fixedAtOurFillRate: against(atFillRate(skus, settings, ours.fillRate, fixedPolicy)),
    textbookAtOurFillRate: against(atFillRate(skus, settings, ours.fillRate, textbookPolicy)),
  };
}

function lessStock(ours: BacktestOutcome, found: AtFillRate): number | undefined {
  if (found.kind === 'not-reached') return undefined;
  const [own, other] = [ours, found.outcome].map(({ averageStockValue }) => averageStockValue.amountMinor);
  return own === undefined || other === undefined || other === 0 ? undefined : 1 - own / other;
}
