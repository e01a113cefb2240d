import type { LandedCost } from '../../events/landed-cost.ts';
import { type Regime, regimeFor } from '../customs/index.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { specialTerritory } from '../kernel/territory.ts';
import { calendarDateIn } from '../kernel/time.ts';
import { type BasketLine, basketOf, lineIdAt } from './basket.ts';
import { ConsignmentCosting, type ConsignmentOffer, type Obstacle } from './cost-consignments.ts';
import { landedCostOf } from './landed-cost.ts';
import { planProblemOf } from './plan-problem.ts';
import { type FoundPlan, type Goal, searchPlans } from './plans/index.ts';
import type { CostingContext, PricingInput } from './pricing-input.ts';
import type { PricedOption } from './quote-options.ts';
import { NoRate, QuoteRates } from './quote-rates.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';

/** What the other incoterm would come to, by the same plan; the reason where it can't be had. */
export type OtherIncoterm =
  | { readonly incoterm: 'DDP' | 'DAP'; readonly totals: LandedCost['totals'] }
  | { readonly incoterm: 'DDP' | 'DAP'; readonly refused: string };

export interface PricedBasket {
  /** The cheapest plan by the service asked for, or of all. */
  readonly chosen: LandedCost;
  /** The best plans by cost, promise, carbon and service, each once. */
  readonly options: readonly PricedOption[];
  readonly otherIncoterm: OtherIncoterm;
  /** How many consignments the search costed. */
  readonly costed: number;
}

/**
 * Prices a basket to a destination: plans are costed whole, freight, duty, tax and fees, and the best by cost,
 * promise and carbon are given, proved to be so up to twelve lines and ten warehouses. Pure.
 */
export function priceBasket(input: PricingInput): Result<PricedBasket, QuoteRefusal> {
  const { request, products } = input;
  const unknown = request.lines.flatMap(({ sku }, index) =>
    products.some((product) => product.sku === sku)
      ? []
      : [[`/lines/${index}/sku`, `there is no product ${sku}`] as const],
  );
  if (unknown.length > 0) return refused(refusal('unknown-sku', ...unknown));
  const regime = regimeFor(request.destination.country);
  if (regime === undefined)
    return refused(
      refusal('unsupported-destination', [
        '/destination/country',
        `we do not sell to ${request.destination.country}`,
      ]),
    );
  const territory = specialTerritory(request.destination);
  if (territory !== undefined) {
    const detail = `${territory} has customs and tax rules of its own, and we do not sell there`;
    return refused(refusal('unsupported-destination', ['/destination/postalCode', detail]));
  }
  try {
    return pricePlans(input, contextOf(input, regime));
  } catch (error) {
    if (error instanceof NoRate) return refused(refusal(error.reason, ['/currency', error.message]));
    throw error;
  }
}

function contextOf(input: PricingInput, regime: Regime): CostingContext {
  const { request, rules, seller, now, exchangeRates, customsRates = [] } = input;
  const date = calendarDateIn(regime.timeZone, now);
  const { spreadBasisPoints } = seller.pricing ?? {};
  const rates = new QuoteRates(regime, { exchangeRates, customsRates, spreadBasisPoints, now, date });
  return { request, regime, rules, rates, seller, date, now, admits: () => true };
}

function pricePlans(input: PricingInput, context: CostingContext): Result<PricedBasket, QuoteRefusal> {
  const { request, products, warehouses, stock, seller } = input;
  const lines = basketOf(request, products, { ...context, pricing: seller.pricing });
  const costing = new ConsignmentCosting(context, lines);
  const search = searchPlans(planProblemOf(lines, warehouses, stock, costing), goalsOf(input));
  const explained = explainPlans(search.plans, costing, context, search.exact);
  const chosen = explained[0];
  if (chosen === undefined) return refused(whyNoPlan(input, lines, costing.obstacle));
  return ok({
    chosen: chosen.landedCost,
    options: explained.map(({ plan: _plan, ...option }) => option),
    otherIncoterm: otherIncotermOf(context, lines, chosen.plan),
    costed: search.costed,
  });
}

/** The plan that is ordered when none is named comes first. */
function goalsOf({ request: { service, destination }, warehouses }: PricingInput): Goal[] {
  if (service !== undefined) return [{ objective: 'cheapest', service }];
  const services = new Set(
    warehouses.flatMap(({ lanes }) =>
      lanes.flatMap((lane) => (lane.countries.includes(destination.country) ? [lane.service] : [])),
    ),
  );
  const each = services.size < 2 ? [] : [...services].toSorted();
  return [
    { objective: 'cheapest' },
    { objective: 'fastest' },
    { objective: 'greenest' },
    ...each.map((own): Goal => ({ objective: 'cheapest', service: own })),
  ];
}

type Plan = FoundPlan<ConsignmentOffer>;
interface Explained extends PricedOption {
  readonly plan: Plan;
}

/** The plans with every figure explained; one that several goals found is given once, with all of their names. */
function explainPlans(
  plans: readonly Plan[],
  costing: ConsignmentCosting,
  context: CostingContext,
  exact: boolean,
): Explained[] {
  const alike = Map.groupBy(plans, ({ shipments }) =>
    shipments.map(({ lines, offer }) => `${offer.warehouse.warehouseId} ${laneName(offer)} ${lines}`).join(),
  );
  return [...alike.values()].flatMap((same): Explained[] => {
    const [plan] = same;
    if (plan === undefined) return [];
    return [
      {
        plan,
        landedCost: costOf(plan, costing, context, exact),
        service: [...new Set(plan.shipments.map(({ offer }) => offer.service))].toSorted().join('+'),
        labels: same.map(({ goal }) => goal.service ?? goal.objective),
        carbonGrams: plan.carbonGrams,
      },
    ];
  });
}

const laneName = ({ warehouse, lane }: ConsignmentOffer) => warehouse.lanes.indexOf(lane);

function costOf(
  plan: Plan,
  costing: ConsignmentCosting,
  context: CostingContext,
  exact: boolean,
): LandedCost {
  const consignments = plan.shipments.map(({ offer, lines, together }, index) => {
    const consignment = costing.consignment(offer, lines, together, `con-${index + 1}`);
    if ('reason' in consignment) throw new Error(`what was costed can't be explained: ${consignment.detail}`);
    return consignment;
  });
  return landedCostOf(context, consignments, exact ? 'exact' : 'heuristic');
}

/** The chosen plan under the other incoterm: whoever pays, the goods go the same way. */
function otherIncotermOf(context: CostingContext, lines: readonly BasketLine[], plan: Plan): OtherIncoterm {
  const incoterm = context.request.incoterm === 'DDP' ? 'DAP' : 'DDP';
  const other = { ...context, request: { ...context.request, incoterm } } as CostingContext;
  const costing = new ConsignmentCosting(other, lines);
  const consignments = [];
  for (const [index, { offer, lines: own, together }] of plan.shipments.entries()) {
    const consignment = costing.consignment(offer, own, together, `con-${index + 1}`);
    if ('reason' in consignment) return { incoterm, refused: consignment.detail };
    consignments.push(consignment);
  }
  return { incoterm, totals: landedCostOf(other, consignments, 'exact').totals };
}

/** Stock that does not suffice is the usual reason; what a lane or a rule does not allow is the other. */
function whyNoPlan(
  { request, stock, warehouses }: PricingInput,
  lines: readonly BasketLine[],
  obstacle: Obstacle | undefined,
): QuoteRefusal {
  const { country } = request.destination;
  const serving = warehouses.filter(
    ({ active, lanes }) => active && lanes.some((lane) => lane.countries.includes(country)),
  );
  if (serving.length === 0)
    return refusal('no-lane', ['/destination/country', `no warehouse ships to ${country}`]);
  const short = lines.flatMap(({ sku }, index) => {
    const wanted = lines.filter((line) => line.sku === sku).reduce((all, line) => all + line.quantity, 0);
    const best = Math.max(0, ...serving.map(({ warehouseId }) => stock.get(sku)?.get(warehouseId) ?? 0));
    return best >= wanted
      ? []
      : [[`/lines/${index}/quantity`, `at most ${best} of ${sku} can be sent there`] as const];
  });
  if (short.length > 0) return refusal('not-in-stock', ...short);
  if (obstacle !== undefined) return refusalOf(obstacle, lines);
  return request.service === undefined
    ? refusal('no-lane', ['/lines', 'no plan serves this basket there'])
    : refusal('no-lane', ['/service', `no plan by ${request.service} serves this basket there`]);
}

function refusalOf({ reason, lineId, detail }: Obstacle, lines: readonly BasketLine[]): QuoteRefusal {
  const place = lines.findIndex((_line, index) => lineIdAt(index) === lineId);
  return refusal(reason, [place < 0 ? '/destination/country' : `/lines/${place}/sku`, detail]);
}
