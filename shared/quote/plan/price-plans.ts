import type { WarehouseScore } from '../../../events/allocation.ts';
import type { LandedCost } from '../../../events/landed-cost.ts';
import { servingWarehouses, type Warehouse } from '../../catalogue/index.ts';
import { fromJson } from '../../kernel/money.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { type Goal, searchPlans } from '../../planning/index.ts';
import { type BlockedLine, type GoodsGate, splitBasket } from '../../restrictions/index.ts';
import { type BasketLine, basketOf, withParts } from '../basket.ts';
import type { Availability } from '../ports.ts';
import type { CostingContext, PricingInput } from '../pricing-input.ts';
import { MAX_LINES } from '../quote.ts';
import type { PricedOption } from '../quote-options.ts';
import { NoRate } from '../quote-rates.ts';
import { warehousesForSlot, whyNoSlot } from '../quote-slot.ts';
import { type QuoteRefusal, refusal } from '../refusal.ts';
import type { Blocker } from './blocker.ts';
import { ConsignmentCosting } from './cost-consignments.ts';
import { partsOf } from './divide-lines.ts';
import { domesticFirst, domesticStock } from './domestic-first.ts';
import { explainPlans, type OtherIncoterm, otherIncotermOf, type Plan } from './explain-plans.ts';
import { stopTogether, waysOfLine } from './line-ways.ts';
import { haveSameValues, pricedForSearch, valuedAs } from './listed-prices.ts';
import type { Way } from './min-due.ts';
import { planProblemOf } from './plan-problem.ts';
import { scoreWarehouses } from './score-warehouses.ts';
import { waysOfGoods } from './ways-to.ts';
import { whyBlocked, whyNotAlone, whyNotTogether } from './why-no-price.ts';

export interface PricedBasket {
  /** The cheapest plan, by the requested service if there is one. */
  readonly chosen: LandedCost;
  /** The best plans by cost, promise, carbon and service, each once. */
  readonly options: readonly PricedOption[];
  readonly otherIncoterm: OtherIncoterm;
  /** Lines that can't be sold there, each with the rule that bars it: the price is for the others. */
  readonly blocked: readonly BlockedLine[];
  /** The result of each serving warehouse alone; undefined if there are too many. */
  readonly scores: readonly WarehouseScore[] | undefined;
  /** How many consignments the search costed. */
  readonly costed: number;
}

/** Prices the lines that can be sold, by the best plans over the network. */
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
  const ways = waysOfGoods(country, input.allWarehouses ?? input.warehouses, stock);
  const { sellable, blocked } = splitBasket(wanted, gate, ({ product }) => ways(product.sku));
  if (sellable.length === 0) return refused(whyBlocked(blocked));
  const divided = (senders: (line: BasketLine) => readonly Warehouse[]) =>
    withParts(sellable, request, basketContext, partsOf(sellable, senders, stock));
  const search = (lines: readonly BasketLine[]) => planned({ ...input, warehouses }, context, lines, blocked);
  const lines = divided(sendersOf(request, servingWarehouses(warehouses, country), context));
  const first = search(lines);
  if (first.ok || first.error.refusal !== undefined) return priceOrRefusal(first);

  // Quantities are limited to the stock of a warehouse. Larger ones are handled later.
  const held = ({ sku }: BasketLine) => Math.max(1, ...(stock.get(sku)?.values() ?? []));
  const atOnce = withParts(sellable, request, basketContext, (line) =>
    line.quantity > held(line) ? [held(line)] : undefined,
  );
  const alone = new ConsignmentCosting(context, pricedForSearch(context, atOnce, waysThere(input)));
  const lineWays = sellable.map((_line, index) => waysOfLine(alone, warehouses, index));
  const why = whyNotAlone(input, sellable, lineWays);
  if (why !== undefined) return refused(why);
  // A line may have been divided among warehouses one of which can't send its part.
  const again = divided((line) => lineWays[sellable.indexOf(line)]?.passing ?? []);
  const second = areAlike(again, lines) ? first : search(again);
  return priceOrRefusal(second, ({ stop }) => whyNotTogether(input, stop));
}

/** The result of a search without a plan. */
interface NoPlan {
  /** The error of the basket as a whole; undefined if it is still to be found. */
  readonly refusal?: QuoteRefusal;
  readonly stop?: Blocker | undefined;
}

const priceOrRefusal = (
  found: Result<PricedBasket, NoPlan>,
  why: (none: NoPlan) => QuoteRefusal = () =>
    refusal('no-lane', ['/lines', 'no plan serves this basket there']),
): Result<PricedBasket, QuoteRefusal> =>
  found.ok ? found : refused(found.error.refusal ?? why(found.error));

const areAlike = (a: readonly BasketLine[], b: readonly BasketLine[]) =>
  a.length === b.length &&
  a.every(({ lineId, quantity }, index) => {
    const other = b[index];
    return lineId === other?.lineId && quantity === other.quantity;
  });

/** The best plans of those lines, explained. */
function planned(
  input: PricingInput,
  context: CostingContext,
  lines: readonly BasketLine[],
  blocked: readonly BlockedLine[],
): Result<PricedBasket, NoPlan> {
  if (lines.length > MAX_LINES) {
    const detail = `an order has at most ${MAX_LINES} lines and parts of lines`;
    return refused({ refusal: refusal('too-large', ['/lines', detail]) });
  }
  const guess = pricedForSearch(context, lines, waysThere(input));
  const first = searched(input, context, guess, blocked);
  if (!first.ok) return first;
  // The best plan may lead to other prices without tax than the guess: then it is searched once more by these.
  const { basket, chosen } = first.value;
  const again = haveSameValues(guess, chosen)
    ? first
    : searched(input, context, valuedAs(guess, chosen), blocked);
  return ok(again.ok ? again.value.basket : basket);
}

/** How goods can come there: from which countries, and by which channels. */
function waysThere({ warehouses, request }: PricingInput): Way[] {
  const { country } = request.destination;
  const ways = servingWarehouses(warehouses, country).flatMap(({ address, lanes }) =>
    lanes
      .filter((lane) => lane.countries.includes(country))
      .map(({ channel }): Way => ({ shipFrom: address.country, channel })),
  );
  return [...new Map(ways.map((way) => [`${way.shipFrom} ${way.channel}`, way])).values()];
}

interface Searched {
  readonly basket: PricedBasket;
  /** The lines at the prices of the chosen plan. */
  readonly chosen: readonly BasketLine[];
}

function searched(
  input: PricingInput,
  context: CostingContext,
  lines: readonly BasketLine[],
  blocked: readonly BlockedLine[],
): Result<Searched, NoPlan> {
  const { warehouses, stock, request } = input;
  const costing = new ConsignmentCosting(context, lines);
  const found = tryPlans(input, context, lines, costing);
  if (found instanceof NoRate) return refused({ stop: { reason: found.reason, detail: found.message } });
  const { plans, costed } = found;
  const { explained, stopped } = explainPlans(plans, lines, context);
  const options = explained.filter(isInSlot);
  const [chosen] = options;
  if (chosen === undefined) {
    const ways = lines.map((_line, index) => waysOfLine(costing, warehouses, index));
    return refused({ stop: stopped[0] ?? stopTogether(costing, lines, ways, stock)?.blocker });
  }
  const basket = {
    blocked,
    costed,
    chosen: chosen.landedCost,
    options: options.map(({ plan: _plan, lines: _lines, ...option }) => option),
    otherIncoterm: otherIncotermOf(context, lines, chosen.plan),
    scores: scoreWarehouses(lines, { warehouses, stock }, costing, request),
  };
  return ok({ basket, chosen: chosen.lines });
}

/** A missing rate that every search needs is an expected result. */
function tryPlans(...asked: Parameters<typeof findPlans>): ReturnType<typeof findPlans> | NoRate {
  try {
    return findPlans(...asked);
  } catch (error) {
    if (error instanceof NoRate) return error;
    throw error;
  }
}

/** The warehouses that may send the goods of a line there, by the requested service if there is one. */
function sendersOf(
  { service, destination }: PricingInput['request'],
  serving: readonly Warehouse[],
  { bars }: CostingContext,
): (line: BasketLine) => Warehouse[] {
  return ({ product }) =>
    serving.filter((warehouse) =>
      warehouse.lanes.some(
        (lane) =>
          lane.countries.includes(destination.country) &&
          (service ?? lane.service) === lane.service &&
          bars(product, lane, warehouse).length === 0,
      ),
    );
}

/** The network to search: all of it, or the part that can deliver in the requested slot. */
function withinSlot(input: PricingInput): Result<readonly Warehouse[], QuoteRefusal> {
  const { deliverySlot, warehouses, request, now } = input;
  if (deliverySlot === undefined) return ok(warehouses);
  const { destination } = request;
  const able = warehousesForSlot(warehouses, deliverySlot, { destination, now });
  if (able.some(({ active, lanes }) => active && lanes.length > 0)) return ok(able);
  return refused(whyNoSlot(warehouses, deliverySlot, destination.country));
}

/**
 * The work of one search, in lines of costed consignments: 1,250 consignments of twelve lines. It keeps the worst
 * basket below some 300 ms of CPU. A plan that is not proved by then is found by the heuristic, and the quote says so.
 */
const MAX_LINES_COSTED = 15_000;

/** The steps of one search: some 400 ms of CPU, which a basket without any plan would take for each goal otherwise. */
const MAX_STEPS = 50_000_000;

/** The best plans by each goal, the default plan first. */
function findPlans(
  { request, warehouses, stock, seller }: PricingInput,
  context: CostingContext,
  lines: readonly BasketLine[],
  costing: ConsignmentCosting,
): { readonly plans: readonly Plan[]; readonly costed: number } {
  const goals = goalsOf({ request, warehouses });
  const { country } = request.destination;
  const find = (from: Availability, wanted: readonly Goal[]) =>
    searchPlans(planProblemOf(context, lines, { warehouses, stock: from }, costing), wanted, {
      maxLinesCosted: MAX_LINES_COSTED,
      maxSteps: MAX_STEPS,
    });
  const { plans, costed } = find(stock, goals);
  const domestic = domesticFirst(
    plans,
    () => domesticStock(lines, warehouses, stock, country),
    { country, premium: () => premiumOf(seller, context) },
    (within) => find(within, goals.slice(0, 1)).plans,
  );
  return { plans: domestic, costed };
}

/** How much more domestic goods may cost, in minor units of the shopper's currency. */
function premiumOf({ fulfilment }: PricingInput['seller'], { rates, request }: CostingContext): number {
  const premium = fulfilment?.domesticPremium;
  return premium === undefined ? 0 : rates.convert(fromJson(premium), request.currency).amountMinor;
}

/** Goods from another warehouse may be promised later than their lane alone. */
const isInSlot = ({ landedCost: { deliverySlot, consignments } }: PricedOption): boolean =>
  deliverySlot === undefined || consignments.every(({ promise }) => promise.latest <= deliverySlot.from);

/** The default plan comes first. */
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
