import { decimalText } from './decimal-text.ts';
import type { LeadTime } from './lead-time.ts';
import { type Reason, reason } from './reasons.ts';
import type { SafetyStock } from './safety-stock.ts';

/** Why there is no reorder point. */
export const ON_DEMAND = 'ordered on demand: without stock, the service level is met';

/** Why a single site has its reorder point: lead time, demand, service level, safety stock. */
export function riskReasons(
  { serviceLevel, reviewDays }: { readonly serviceLevel: number; readonly reviewDays: number },
  leadTime: LeadTime,
  risk: SafetyStock,
): Reason[] {
  const { demand, riskDays, factor, standardDeviation, units, isStocked } = risk;
  return [
    leadTimeReason(leadTime),
    reason(
      'risk-days',
      riskDays,
      'days',
      `${decimalText(leadTime.meanDays)} lead time + ${reviewDays} review, rounded up`,
    ),
    reason(
      'forecast',
      demand.mean,
      'units',
      `mean of ${riskDays} days, deviation ${decimalText(demand.standardDeviation)}`,
    ),
    reason('service-level', serviceLevel, 'probability', 'by the class of the SKU'),
    reason(
      'safety-stock',
      units,
      'units',
      `${decimalText(factor)} x ${decimalText(standardDeviation)} of demand and lead time`,
    ),
    reason(
      'reorder-point',
      isStocked ? demand.mean + units : 0,
      'units',
      isStocked ? `${decimalText(demand.mean)} + ${decimalText(units)}` : ON_DEMAND,
    ),
  ];
}

/** The lead time of the supplier, and what it was learnt from. */
export function leadTimeReason({ trusted, receipts, meanDays, varianceDays }: LeadTime): Reason {
  const learnt = trusted ? `of ${receipts} receipts` : `of the prior and ${receipts} receipts`;
  return reason('lead-time', meanDays, 'days', `mean ${learnt}, variance ${decimalText(varianceDays)}`);
}
