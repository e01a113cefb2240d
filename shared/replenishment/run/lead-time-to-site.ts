import { dayMs, later } from '../../kernel/time.ts';
import { type LeadTime, learnLeadTimes, type Receipt } from '../policy/lead-time.ts';
import type { PlanningProblem } from '../policy/problem.ts';
import type { DeliveryOutcome } from '../purchasing/scorecard.ts';
import type { Supplier, SupplierOffer } from '../purchasing/supplier.ts';
import type { SupplyContext } from './supplier-of-site.ts';

/** Receipts that a supplier's stated lead time is worth, until its deliveries have shown another one. */
const PRIOR_RECEIPTS = 5;

/**
 * The lead time from a supplier to a warehouse, which is a lane. The offer states what is believed first. The
 * supplier's deliveries to other warehouses change that belief, and the deliveries of the lane itself count on top of
 * it, until there are enough of them to speak alone. A delivery took the stated days and those that it was late.
 */
export function leadTimeOf(
  { supplierId }: Supplier,
  { leadTimeDays }: SupplierOffer,
  { outcomesOf, settings }: Pick<SupplyContext, 'outcomesOf' | 'settings'>,
  warehouseId: string,
): LeadTime | PlanningProblem {
  const receipts = (isWanted: (outcome: DeliveryOutcome) => boolean) =>
    outcomesOf(supplierId)
      .filter((outcome) => outcome.noticeId !== undefined && isWanted(outcome))
      .map(
        ({ at, daysLate }): Receipt => ({
          ...{ supplierId, laneId: warehouseId, receivedOn: at.slice(0, 10) },
          orderedOn: later(at, -(leadTimeDays + daysLate) * dayMs).slice(0, 10),
        }),
      );
  const learn = (from: readonly Receipt[], meanDays: number, standardDeviationDays: number) =>
    learnLeadTimes(from, [
      { supplierId, meanDays, standardDeviationDays, weight: PRIOR_RECEIPTS },
    ]).leadTimeOf(supplierId, warehouseId);

  const stated = (leadTimeDays * settings.leadTimeDeviationPercent) / 100;
  const elsewhere = learn(
    receipts((outcome) => outcome.warehouseId !== warehouseId),
    leadTimeDays,
    stated,
  );
  if ('reason' in elsewhere) return elsewhere;
  const own = receipts((outcome) => outcome.warehouseId === warehouseId);
  return learn(own, elsewhere.meanDays, Math.sqrt(elsewhere.varianceDays));
}
