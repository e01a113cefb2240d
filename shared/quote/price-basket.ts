import type { WarehouseScore } from '../../events/allocation.ts';
import type { LandedCost } from '../../events/landed-cost.ts';
import {
  type BlockedLine,
  createGoodsGate,
  type GoodsGate,
  type Regime,
  regimeFor,
  splitBasket,
  type Transport,
} from '../customs/index.ts';
import type { Currency } from '../kernel/currency.ts';
import { fromJson } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { specialTerritory } from '../kernel/territory.ts';
import { calendarDateIn } from '../kernel/time.ts';
import { basketOf, withParts } from './basket.ts';
import { ConsignmentCosting } from './cost-consignments.ts';
import { partsOf } from './divide-lines.ts';
import { domesticFirst, domesticStock } from './domestic-first.ts';
import { explainPlans, type OtherIncoterm, otherIncotermOf } from './explain-plans.ts';
import { withFullDays } from './full-days.ts';
import { lanesInService } from './lanes-in-service.ts';
import { servingWarehouses, type Warehouse } from './network.ts';
import { planProblemOf } from './plan-problem.ts';
import { type Goal, searchPlans } from './plan-search/index.ts';
import type { Availability } from './ports.ts';
import type { CostingContext, PricingInput } from './pricing-input.ts';
import type { PricedOption } from './quote-options.ts';
import { NoRate, QuoteRates } from './quote-rates.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';
import { scoreWarehouses } from './score-warehouses.ts';
import { transportBy, withTiers } from './tiers.ts';
import { whyBlocked, whyDown, whyNoPlan } from './why-no-price.ts';

export interface PricedBasket {
  /** The cheapest plan by the service asked for, or of all. */
  readonly chosen: LandedCost;
  /** The best plans by cost, promise, carbon and service, each once. */
  readonly options: readonly PricedOption[];
  readonly otherIncoterm: OtherIncoterm;
  /** Lines that may not be sold there, each with the rule that bars it: the price is of the others. */
  readonly blocked: readonly BlockedLine[];
  /** How each warehouse that serves the destination would do alone; undefined where there are too many. */
  readonly scores: readonly WarehouseScore[] | undefined;
  /** How many consignments the search costed. */
  readonly costed: number;
}

/**
 * Prices a basket to a destination: plans are costed whole, freight, duty, tax and fees, and the best by cost,
 * promise and carbon are given, proved to be so up to twelve lines and ten warehouses. Pure.
 */
export function priceBasket(input: PricingInput): Result<PricedBasket, QuoteRefusal> {
  const { carriers = [], workload, now } = input;
  const warehouses = withFullDays(input.warehouses, workload);
  const over = (network: readonly Warehouse[]) => priceOver({ ...input, warehouses: withTiers(network) });
  const inService = lanesInService(warehouses, carriers, now);
  const priced = over(inService);
  if (priced.ok || inService === warehouses) return priced;
  const otherwise = over(warehouses);
  return otherwise.ok ? refused(whyDown(input, otherwise.value.chosen)) : otherwise;
}

/** Prices it over the network as it is given, whatever carriers are down. */
function priceOver(input: PricingInput): Result<PricedBasket, QuoteRefusal> {
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
      const way = ways.get(lane) ?? transportBy(lane, warehouse);
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
  const basketContext = { ...context, pricing: seller.pricing };
  const wanted = basketOf(request, products, basketContext);
  const { sellable, blocked } = splitBasket(wanted, gate, waysOf(input));
  if (sellable.length === 0) return refused(whyBlocked(blocked));
  const serving = servingWarehouses(warehouses, request.destination.country);
  const lines = withParts(sellable, request, basketContext, (line) => partsOf(line, serving, stock));
  const costing = new ConsignmentCosting(context, lines);
  const goals = goalsOf(input);
  const { currency } = request;
  const { country } = request.destination;
  const find = (from: Availability, wanted: readonly Goal[]) =>
    searchPlans(planProblemOf(context, lines, warehouses, from, costing), wanted);
  const found = find(stock, goals);
  const plans = domesticFirst(
    found.plans,
    () => domesticStock(lines, warehouses, stock, country),
    { country, premium: () => premiumIn(currency, seller, context) },
    (within) => find(within, goals.slice(0, 1)).plans,
  );
  const explained = explainPlans(plans, costing, context);
  const chosen = explained[0];
  if (chosen === undefined) return refused(whyNoPlan(input, lines, costing.obstacle));
  return ok({
    blocked,
    chosen: chosen.landedCost,
    options: explained.map(({ plan: _plan, ...option }) => option),
    otherIncoterm: otherIncotermOf(context, lines, chosen.plan),
    scores: scoreWarehouses(lines, warehouses, stock, costing, request),
    costed: found.costed,
  });
}

/** By how much the merchant lets goods be dearer that cross no border, in minor units of that currency. */
function premiumIn(
  currency: Currency,
  { fulfilment }: PricingInput['seller'],
  { rates }: CostingContext,
): number {
  const premium = fulfilment?.domesticPremium;
  return premium === undefined ? 0 : rates.convert(fromJson(premium), currency).amountMinor;
}

/** Every way on which the network sends anything there. */
function waysOf(input: PricingInput): Transport[] {
  const {
    request: { destination },
    warehouses,
  } = input;
  return servingWarehouses(warehouses, destination.country).flatMap((warehouse) =>
    warehouse.lanes
      .filter((lane) => lane.countries.includes(destination.country))
      .map((lane) => transportBy(lane, warehouse)),
  );
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
