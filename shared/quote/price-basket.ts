import type { LandedCost } from '../../events/landed-cost.ts';
import {
  type BlockedLine,
  createGoodsGate,
  type GoodsGate,
  type Regime,
  regimeFor,
  splitBasket,
  type Transport,
  transportOf,
} from '../customs/index.ts';
import { AmountTooLarge } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { specialTerritory } from '../kernel/territory.ts';
import { calendarDateIn } from '../kernel/time.ts';
import { basketOf } from './basket.ts';
import { ConsignmentCosting } from './cost-consignments.ts';
import { explainPlans, type OtherIncoterm, otherIncotermOf } from './explain-plans.ts';
import { planProblemOf } from './plan-problem.ts';
import { type Goal, searchPlans } from './plans/index.ts';
import type { CostingContext, PricingInput } from './pricing-input.ts';
import type { PricedOption } from './quote-options.ts';
import { NoRate, QuoteRates } from './quote-rates.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';
import { waysTo } from './ways-to.ts';
import { whyBlocked, whyNoPlan } from './why-no-price.ts';

export interface PricedBasket {
  /** The cheapest plan by the service asked for, or of all. */
  readonly chosen: LandedCost;
  /** The best plans by cost, promise, carbon and service, each once. */
  readonly options: readonly PricedOption[];
  readonly otherIncoterm: OtherIncoterm;
  /** Lines that may not be sold there, each with the rule that bars it: the price is of the others. */
  readonly blocked: readonly BlockedLine[];
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
    const gate = gateOf(input, regime);
    return pricePlans(input, contextOf(input, regime, gate), gate);
  } catch (error) {
    if (error instanceof NoRate) return refused(refusal(error.reason, ['/currency', error.message]));
    if (error instanceof AmountTooLarge) return refused(refusal('too-large', ['/lines', error.message]));
    throw error;
  }
}

/** What may be sold to the destination on its date, by a seller with these registrations. */
function gateOf({ request, seller, now }: PricingInput, { timeZone }: Regime): GoodsGate {
  const { destination } = request;
  return createGoodsGate({ destination, seller, date: calendarDateIn(timeZone, now) });
}

function contextOf(input: PricingInput, regime: Regime, gate: GoodsGate): CostingContext {
  const { request, rules, seller, now, exchangeRates, customsRates = [] } = input;
  const date = calendarDateIn(regime.timeZone, now);
  const { spreadBasisPoints } = seller.pricing ?? {};
  const rates = new QuoteRates(regime, { exchangeRates, customsRates, spreadBasisPoints, now, date });
  const ways = new Map<object, Transport>();
  return {
    ...{ request, regime, rules, rates, seller, date, now },
    admits: (product, lane, warehouse) => {
      const way = ways.get(lane) ?? transportOf(lane, warehouse);
      ways.set(lane, way);
      return gate.admits(product, way);
    },
  };
}

function pricePlans(
  input: PricingInput,
  context: CostingContext,
  gate: GoodsGate,
): Result<PricedBasket, QuoteRefusal> {
  const { request, products, warehouses, stock, seller } = input;
  const wanted = basketOf(request, products, { ...context, pricing: seller.pricing });
  const { sellable: lines, blocked } = splitBasket(
    wanted,
    gate,
    waysTo(request.destination.country, warehouses),
  );
  if (lines.length === 0) return refused(whyBlocked(blocked));
  const costing = new ConsignmentCosting(context, lines);
  const search = searchPlans(planProblemOf(lines, warehouses, stock, costing), goalsOf(input));
  const explained = explainPlans(search.plans, costing, context, search.exact);
  const chosen = explained[0];
  if (chosen === undefined) return refused(whyNoPlan(input, lines, costing.obstacle));
  return ok({
    blocked,
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
