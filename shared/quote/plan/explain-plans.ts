import type { LandedCost } from '../../../events/landed-cost.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { FoundPlan } from '../../planning/index.ts';
import type { BasketLine } from '../basket.ts';
import type { CostingContext } from '../pricing-input.ts';
import type { PricedOption } from '../quote-options.ts';
import type { Blocker } from './blocker.ts';
import { ConsignmentCosting, type ConsignmentOffer, isMissingRate } from './cost-consignments.ts';
import { landedCostOf } from './landed-cost.ts';

/** The cost of the same plan under the other Incoterm, or the reason why it isn't available. */
export type OtherIncoterm =
  | { readonly incoterm: 'DDP' | 'DAP'; readonly totals: LandedCost['totals'] }
  | { readonly incoterm: 'DDP' | 'DAP'; readonly refused: string };

/** `label`: the objective by which it is the best, if its goal does not say. */
export type Plan = FoundPlan<ConsignmentOffer> & { readonly label?: string };

export interface Explained extends PricedOption {
  readonly plan: Plan;
}

/**
 * The plans with every figure explained. A plan that several goals found is listed once, with all labels. `stopped`:
 * plans that the surcharge of a delivery slot, which the search leaves out, takes over a limit and which are therefore
 * refused, and plans whose explanation lacks an exchange rate.
 */
export function explainPlans(
  plans: readonly Plan[],
  costing: ConsignmentCosting,
  context: CostingContext,
): { readonly explained: readonly Explained[]; readonly stopped: readonly Blocker[] } {
  const alike = Map.groupBy(plans, ({ shipments }) =>
    shipments.map(({ lines, offer }) => `${offer.warehouse.warehouseId} ${laneName(offer)} ${lines}`).join(),
  );
  const explained: Explained[] = [];
  const stopped: Blocker[] = [];
  for (const same of alike.values()) {
    const [plan] = same;
    if (plan === undefined) continue;
    const landedCost = costOf(plan, costing, context);
    if ('reason' in landedCost) stopped.push(landedCost);
    else
      explained.push({
        plan,
        landedCost,
        service: [...new Set(plan.shipments.map(({ offer }) => offer.service))].toSorted().join('+'),
        labels: same.map(({ goal, label }) => label ?? goal.service ?? goal.objective),
        carbonGrams: plan.carbonGrams,
      });
  }
  return { explained, stopped };
}

const laneName = ({ warehouse, lane }: ConsignmentOffer) => warehouse.lanes.indexOf(lane);

/** The explained cost of the plan, or the refusal that a slot's surcharge or a missing rate causes. */
function costOf(plan: Plan, costing: ConsignmentCosting, context: CostingContext): LandedCost | Blocker {
  const consignments = [];
  for (const [index, { offer, lines, together }] of plan.shipments.entries()) {
    const slotCharge = index === 0 ? context.slot?.charge : undefined;
    const consignmentId = `con-${index + 1}`;
    const consignment = costing.consignment({ offer, lines, together, consignmentId, slotCharge });
    if ('reason' in consignment) {
      const mayStop = slotCharge !== undefined || isMissingRate(consignment);
      invariant(mayStop, 'what was costed can be explained', { detail: consignment.detail });
      return consignment;
    }
    consignments.push(consignment);
  }
  return landedCostOf(context, consignments, plan.isProved ? 'exact' : 'heuristic');
}

/** The chosen plan under the other Incoterm. The goods take the same way. */
export function otherIncotermOf(
  context: CostingContext,
  lines: readonly BasketLine[],
  plan: Plan,
): OtherIncoterm {
  const incoterm = context.request.incoterm === 'DDP' ? 'DAP' : 'DDP';
  const other = { ...context, request: { ...context.request, incoterm } } as CostingContext;
  const costing = new ConsignmentCosting(other, lines);
  const consignments = [];
  for (const [index, { offer, lines: own, together }] of plan.shipments.entries()) {
    const slotCharge = index === 0 ? context.slot?.charge : undefined;
    const consignmentId = `con-${index + 1}`;
    const consignment = costing.consignment({ offer, lines: own, together, consignmentId, slotCharge });
    if ('reason' in consignment) return { incoterm, refused: consignment.detail };
    consignments.push(consignment);
  }
  return { incoterm, totals: landedCostOf(other, consignments, 'exact').totals };
}
