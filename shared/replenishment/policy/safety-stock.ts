import type { DemandForecast, DemandOverDays } from './demand-over-days.ts';
import type { LeadTime } from './lead-time.ts';

/** The demand between an order and the receipt of the next one, and what is kept for its uncertainty. */
export interface SafetyStock {
  /** Days between an order and the receipt of the next one: lead time and review, whole, rounded up. */
  readonly riskDays: number;
  /** Over those days. */
  readonly demand: DemandOverDays;
  /** The standard deviation with the lead time's part. */
  readonly standardDeviation: number;
  /** How many standard deviations are kept. */
  readonly factor: number;
  /** Units above the mean of the demand. */
  readonly units: number;
  /** Whether stock is needed at all: without any, the service level would be missed. */
  readonly isStocked: boolean;
}

/** What safety stock depends on besides the forecast. */
export interface Risk {
  readonly leadTime: Pick<LeadTime, 'meanDays' | 'varianceDays'>;
  /** Days between two reviews; 0 if every sale is followed by one. */
  readonly reviewDays: number;
  /** The probability that no demand is missed between an order and its receipt. */
  readonly serviceLevel: number;
}

/**
 * Safety stock for the uncertainty of demand and of the lead time together: `k` times the root of the variance of the
 * demand over the risk period plus the squared demand a day times the variance of the lead time (Silver, Pyke and
 * Thomas, "Inventory and Production Management in Supply Chains", 4th ed. 2017, section 6.10). `k` is the distance of
 * the forecast's own quantile from its mean, in standard deviations: with a normal forecast the usual z, with a skewed
 * one more. Never below zero. Where nothing at all is asked for with the probability of the service level, no stock is
 * needed for it, and the SKU is ordered on demand (Croston, "Stock levels for slow-moving items", Operational Research
 * Quarterly 25, 1974). The review period counts once, and the lead time's safety is in the variance alone.
 */
export function safetyStock(
  forecast: DemandForecast,
  { leadTime, reviewDays, serviceLevel }: Risk,
): SafetyStock {
  const riskDays = Math.max(1, Math.ceil(leadTime.meanDays + reviewDays));
  const demand = forecast(riskDays);
  const perDay = demand.mean / riskDays;
  const standardDeviation = Math.sqrt(demand.standardDeviation ** 2 + perDay ** 2 * leadTime.varianceDays);
  const asked = demand.quantile(serviceLevel);
  const isStocked = asked >= HALF_A_UNIT;
  const factor = demand.standardDeviation === 0 ? 0 : (asked - demand.mean) / demand.standardDeviation;
  const units = isStocked ? Math.max(0, factor * standardDeviation) : 0;
  return { riskDays, demand, standardDeviation, factor, units, isStocked };
}

/** Quantiles are not whole: below this, the next whole number of units is zero. */
const HALF_A_UNIT = 0.5;
