import type { WarehouseScore } from '../../events/allocation.ts';
import type { LandedCost } from '../../events/landed-cost.ts';
import { servingWarehouses, type Warehouse } from '../catalogue/index.ts';
import { fromJson } from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { type Goal, searchPlans } from '../planning/index.ts';
import { type BlockedLine, type GoodsGate, splitBasket } from '../restrictions/index.ts';
import { type BasketLine, basketOf, withParts } from './basket.ts';
import { type Blocker, ConsignmentCosting } from './cost-consignments.ts';
import { partsOf } from './divide-lines.ts';
import { domesticFirst, domesticStock } from './domestic-first.ts';
import { explainPlans, type OtherIncoterm, otherIncotermOf, type Plan } from './explain-plans.ts';
import { planProblemOf } from './plan-problem.ts';
import type { Availability } from './ports.ts';
import type { CostingContext, PricingInput } from './pricing-input.ts';
import { MAX_LINES } from './quote.ts';
import type { PricedOption } from './quote-options.ts';
import { slotRefusal, warehousesForSlot, whyNoSlot } from './quote-slot.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';
import { scoreWarehouses } from './score-warehouses.ts';
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
  /** How each warehouse that serves the destination would do alone; undefined where there are too many. */
  readonly scores: readonly WarehouseScore[] | undefined;
  /** How many consignments the search costed. */
  readonly costed: number;
}

/** Prices the lines that may be sold by the best plans over the network. */
export function pricePlans(
  input: PricingInput,
  context: CostingContext,
  gate: GoodsGate,
): Result<PricedBasket, QuoteRefusal> {
  const within = withinSlot(input);
  if (!within.ok) return within;
  const warehouses = within.value;
  const { request, products, stock, seller } = input;
  const { country } = request.destination;
  const basketContext = { ...context, pricing: seller.pricing };
  const wanted = basketOf(request, products, basketContext);
  const { sellable, blocked } = splitBasket(
    wanted,
    gate,
    waysTo(country, input.allWarehouses ?? input.warehouses),
  );
  if (sellable.length === 0) return refused(whyBlocked(blocked));
  const serving = servingWarehouses(warehouses, country);
  const senders = sendersOf(request, serving, context);
  const lines = withParts(sellable, request, basketContext, partsOf(sellable, senders, stock));
  if (lines.length > MAX_LINES)
    return refused(
      refusal('too-large', ['/lines', `an order has at most ${MAX_LINES} lines and parts of lines`]),
    );
  const costing = new ConsignmentCosting(context, lines);
  const { plans, costed } = findPlans({ ...input, warehouses }, context, lines, costing);
  const explained = explainPlans(plans, costing, context).filter(isInSlot);
  const chosen = explained[0];
  if (chosen === undefined) {
    if (costing.noRate !== undefined) throw costing.noRate;
    const obstacle = obstacleOfLine(lines, serving, context) ?? costing.obstacle;
    return refused(whyNone(input, lines, obstacle));
  }
  return ok({
    blocked,
    costed,
    chosen: chosen.landedCost,
    options: explained.map(({ plan: _plan, ...option }) => option),
    otherIncoterm: otherIncotermOf(context, lines, chosen.plan),
    scores: scoreWarehouses(lines, { warehouses, stock }, costing, request),
  });
}

/** The warehouses that may send the goods of a line there, by the service asked for where one is. */
function sendersOf(
  { service, destination }: PricingInput['request'],
  serving: readonly Warehouse[],
  { admits }: CostingContext,
): (line: BasketLine) => Warehouse[] {
  return ({ product }) =>
    serving.filter((warehouse) =>
      warehouse.lanes.some(
        (lane) =>
          lane.countries.includes(destination.country) &&
          (service ?? lane.service) === lane.service &&
          admits(product, lane, warehouse),
      ),
    );
}

/** The network that plans are searched in: all of it, or what can deliver in the slot that is asked for. */
function withinSlot(input: PricingInput): Result<readonly Warehouse[], QuoteRefusal> {
  const { deliverySlot, warehouses, request, now } = input;
  if (deliverySlot === undefined) return ok(warehouses);
  const { destination } = request;
  const able = warehousesForSlot(warehouses, deliverySlot, { destination, now });
  if (able.some(({ active, lanes }) => active && lanes.length > 0)) return ok(able);
  return refused(whyNoSlot(warehouses, deliverySlot, destination.country));
}

/** The best plans by each goal; first the one that is ordered where none is named. */
function findPlans(
  { request, warehouses, stock, seller }: PricingInput,
  context: CostingContext,
  lines: readonly BasketLine[],
  costing: ConsignmentCosting,
): { readonly plans: readonly Plan[]; readonly costed: number } {
  const goals = goalsOf({ request, warehouses });
  const { country } = request.destination;
  const find = (from: Availability, wanted: readonly Goal[]) =>
    searchPlans(planProblemOf(context, lines, { warehouses, stock: from }, costing), wanted);
  const { plans, costed } = find(stock, goals);
  const domestic = domesticFirst(
    plans,
    () => domesticStock(lines, warehouses, stock, country),
    { country, premium: () => premiumOf(seller, context) },
    (within) => find(within, goals.slice(0, 1)).plans,
  );
  return { plans: domestic, costed };
}

/** By how much goods may be dearer that cross no border, in minor units of the shopper's currency. */
function premiumOf({ fulfilment }: PricingInput['seller'], { rates, request }: CostingContext): number {
  const premium = fulfilment?.domesticPremium;
  return premium === undefined ? 0 : rates.convert(fromJson(premium), request.currency).amountMinor;
}

/**
 * What stands in the way of a line that nobody can send, by itself or with the others: it is in the way of all. What
 * others meet on the ways that they need not go is beside the point.
 */
function obstacleOfLine(
  lines: readonly BasketLine[],
  serving: readonly Warehouse[],
  context: CostingContext,
): Blocker | undefined {
  const all = lines.map((_line, index) => index);
  for (const line of all) {
    const costing = new ConsignmentCosting(context, lines);
    const isSent = serving.some((warehouse) =>
      [all, [line]].some((together) => costing.offers(warehouse, [line], together).length > 0),
    );
    if (!isSent && costing.obstacle !== undefined) return costing.obstacle;
  }
  return undefined;
}

/** Why there is no plan: stock and rules first, as without a slot; else the slot is too early for what there is. */
function whyNone(
  input: PricingInput,
  lines: readonly BasketLine[],
  obstacle: Blocker | undefined,
): QuoteRefusal {
  const why = whyNoPlan(input, lines, obstacle);
  const isForSlot = input.deliverySlot !== undefined && obstacle === undefined && why.reason === 'no-lane';
  return isForSlot ? slotRefusal('slot-before-promise') : why;
}

/** Goods that come from another warehouse first may be promised later than their lane by itself. */
const isInSlot = ({ landedCost: { deliverySlot, consignments } }: PricedOption): boolean =>
  deliverySlot === undefined || consignments.every(({ promise }) => promise.latest <= deliverySlot.from);

/** The plan that is ordered when none is named comes first. */
function goalsOf({
  request: { service, destination },
  warehouses,
}: Pick<PricingInput, 'request' | 'warehouses'>): Goal[] {
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
