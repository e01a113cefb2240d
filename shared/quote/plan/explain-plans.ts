import type { LandedCost } from '../../../events/landed-cost.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { FoundPlan } from '../../planning/index.ts';
import type { BasketLine } from '../basket.ts';
import type { CostingContext } from '../pricing-input.ts';
import type { PricedOption } from '../quote-options.ts';
import { type Blocker, isMissingRate } from './blocker.ts';
import { ConsignmentCosting, type ConsignmentOffer } from './cost-consignments.ts';
import { landedCostOf } from './landed-cost.ts';
import { haveSameValues, pricedFor } from './listed-prices.ts';

/** The cost of the same plan under the other Incoterm, or the reason why it isn't available. */
export type OtherIncoterm =
  | { readonly incoterm: 'DDP' | 'DAP'; readonly totals: LandedCost['totals'] }
  | { readonly incoterm: 'DDP' | 'DAP'; readonly refused: string };

/** `label`: the objective by which it is the best, if its goal does not say. */
export type Plan = FoundPlan<ConsignmentOffer> & { readonly label?: string };

export interface Explained extends PricedOption {
  readonly plan: Plan;
  /** The lines at the prices of this plan. */
  readonly lines: readonly BasketLine[];
}

/**
 * The plans with every figure explained. A plan that several goals found is listed once, with all labels. `stopped`:
 * plans that the surcharge of a delivery slot, which the search leaves out, takes over a limit and which are therefore
 * refused, and plans whose explanation lacks an exchange rate.
 */
export function explainPlans(
  plans: readonly Plan[],
  lines: readonly BasketLine[],
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
    const priced = pricedFor(context, lines, shipmentsOf(plan, context));
    const landedCost = priced === undefined ? NO_PRICE : costOf(plan, { lines, priced }, context);
    if ('reason' in landedCost) stopped.push(landedCost);
    else
      explained.push({
        plan,
        lines: priced ?? lines,
        landedCost,
        service: [...new Set(plan.shipments.map(({ offer }) => offer.service))].toSorted().join('+'),
        labels: same.map(({ goal, label }) => label ?? goal.service ?? goal.objective),
        carbonGrams: plan.carbonGrams,
      });
  }
  return { explained, stopped };
}

const laneName = ({ warehouse, lane }: ConsignmentOffer) => warehouse.lanes.indexOf(lane);

/** No price without tax leads to the listed price on this plan: it is refused at any. */
const NO_PRICE: Blocker = {
  reason: 'not-supported',
  detail: 'the goods are refused at the prices without tax that the listed prices lead to',
};

/** What the plan sends, with the surcharge of a delivery slot in the first consignment. */
const shipmentsOf = (plan: Plan, { slot }: CostingContext) =>
  plan.shipments.map(({ offer, lines, together }, index) => ({
    ...{ offer, lines, together, consignmentId: `con-${index + 1}` },
    slotCharge: index === 0 ? slot?.charge : undefined,
  }));

/**
 * The explained cost of the plan, or the refusal that a slot's surcharge, a missing rate or the plan's own prices
 * cause. `lines` are those that the search costed, `priced` the same at the prices of the plan.
 */
function costOf(
  plan: Plan,
  { lines, priced }: { readonly lines: readonly BasketLine[]; readonly priced: readonly BasketLine[] },
  context: CostingContext,
): LandedCost | Blocker {
  const consignments = [];
  const costing = new ConsignmentCosting(context, priced);
  const isAsSearched = haveSameValues(lines, priced);
  for (const shipment of shipmentsOf(plan, context)) {
    const consignment = costing.consignment(shipment);
    if ('reason' in consignment) {
      const mayStop = shipment.slotCharge !== undefined || isMissingRate(consignment) || !isAsSearched;
      invariant(mayStop, 'what was costed can be explained', { detail: consignment.detail });
      return consignment;
    }
    consignments.push(consignment);
  }
  return landedCostOf(context, consignments, plan.isProved && isAsSearched ? 'exact' : 'heuristic');
}

/** The chosen plan under the other Incoterm. The goods take the same way. */
export function otherIncotermOf(
  context: CostingContext,
  lines: readonly BasketLine[],
  plan: Plan,
): OtherIncoterm {
  const incoterm = context.request.incoterm === 'DDP' ? 'DAP' : 'DDP';
  const other = { ...context, request: { ...context.request, incoterm } } as CostingContext;
  const priced = pricedFor(other, lines, shipmentsOf(plan, other));
  if (priced === undefined) return { incoterm, refused: NO_PRICE.detail };
  const costing = new ConsignmentCosting(other, priced);
  const consignments = [];
  for (const shipment of shipmentsOf(plan, other)) {
    const consignment = costing.consignment(shipment);
    if ('reason' in consignment) return { incoterm, refused: consignment.detail };
    consignments.push(consignment);
  }
  return { incoterm, totals: landedCostOf(other, consignments, 'exact').totals };
}
