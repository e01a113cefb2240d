import {
  type BacktestOutcome,
  type BacktestSettings,
  backtest,
  type PolicyMaker,
  type SkuHistory,
} from './backtest.ts';
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

/** The cover of the fixed policy beyond the lead time, and the days between two reviews, unless others are asked. */
export const COVER_DAYS = 14;
export const EVERY_DAYS = 7;

/** How many policies are compared: four, and two of them at our fill rate. */
export const COMPARED = 6;

interface CompareOptions {
  readonly coverDays?: number;
  readonly everyDays?: number;
  readonly onRun?: () => void;
}

/**
 * Runs our policy, a fixed reorder point with `coverDays` of cover, the textbook's (r, Q) and a review every
 * `everyDays` days over the same demand. Nothing is tuned on the measured days but the policies that ours is compared
 * with at an equal fill rate. `onRun` is called after each of the {@link COMPARED} policies.
 */
export function comparePolicies(
  skus: readonly SkuHistory[],
  settings: BacktestSettings,
  { coverDays = COVER_DAYS, everyDays = EVERY_DAYS, onRun = () => undefined }: CompareOptions = {},
): PolicyComparison {
  const counted = <Run>(run: Run): Run => {
    onRun();
    return run;
  };
  const run = (policy: PolicyMaker) => counted(backtest(skus, settings, policy));
  const ours = run(forecastPolicy);
  const atOurs = (policyOf: (parameter: number) => PolicyMaker): EqualFill => {
    const found = counted(atFillRate(skus, settings, ours.fillRate, policyOf));
    return { ...found, lessStock: lessStock(ours, found) };
  };
  return {
    ours,
    fixed: run(fixedPolicy(coverDays)),
    textbook: run(textbookPolicy()),
    periodic: run(periodicPolicy(everyDays)),
    fixedAtOurFillRate: atOurs(fixedPolicy),
    textbookAtOurFillRate: atOurs(textbookPolicy),
  };
}

function lessStock(ours: BacktestOutcome, found: AtFillRate): number | undefined {
  if (found.kind === 'not-reached') return undefined;
  const [own, other] = [ours, found.outcome].map(({ averageStockValue }) => averageStockValue.amountMinor);
  return own === undefined || other === undefined || other === 0 ? undefined : 1 - own / other;
}
