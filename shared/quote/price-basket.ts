import type { LandedCost } from '../../events/landed-cost.ts';
import { type NotAssessable, regimeFor } from '../customs/index.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { specialTerritory } from '../kernel/territory.ts';
import { type BasketLine, feasiblePlans, lineIdAt, type Plan } from './plan.ts';
import { type NoLane, NoRate, Pricing, type PricingInput } from './pricing.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';

export interface PricedBasket {
  /** The cheapest plan by the service asked for, or of all. */
  readonly chosen: LandedCost;
  /** The cheapest plan by each service. */
  readonly options: readonly { readonly service: string; readonly landedCost: LandedCost }[];
}

/**
 * Prices a basket to a destination: every feasible plan is costed whole, goods, freight, duty, tax and fees,
 * and the cheapest at the door is chosen, the earlier promise where two cost the same. Pure.
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
    return pricePlans(new Pricing(input, regime));
  } catch (error) {
    if (error instanceof NoRate) return refused(refusal(error.reason, ['/currency', error.message]));
    throw error;
  }
}

function pricePlans(pricing: Pricing): Result<PricedBasket, QuoteRefusal> {
  const { request, warehouses, stock } = pricing.input;
  const lines = pricing.basketLines();
  const plans = feasiblePlans(lines, warehouses, stock, request.destination.country);
  if (plans.length === 0) return refused(whyNoPlan(pricing.input, lines));
  const priced: { service: string; landedCost: LandedCost }[] = [];
  let obstacle: NotAssessable | NoLane | undefined;
  for (const plan of plans) {
    const landedCost = pricing.landedCost(plan);
    if ('reason' in landedCost) obstacle ??= landedCost;
    else priced.push({ service: serviceOf(plan), landedCost });
  }
  priced.sort(
    (a, b) =>
      a.landedCost.totals.total.amount - b.landedCost.totals.total.amount ||
      latest(a.landedCost).localeCompare(latest(b.landedCost)),
  );
  const options = priced.filter(
    ({ service }, index) => priced.findIndex((other) => other.service === service) === index,
  );
  const chosen =
    request.service === undefined ? options[0] : options.find(({ service }) => service === request.service);
  if (chosen !== undefined) return ok({ chosen: chosen.landedCost, options });
  if (obstacle === undefined)
    return refused(
      refusal('no-lane', ['/service', `no plan by ${request.service} serves this basket there`]),
    );
  const place = request.lines.findIndex((_line, index) => lineIdAt(index) === obstacle.lineId);
  return refused(
    refusal(obstacle.reason, [place < 0 ? '/destination/country' : `/lines/${place}/sku`, obstacle.detail]),
  );
}

const serviceOf = (plan: Plan) => [...new Set(plan.map(({ lane }) => lane.service))].sort().join('+');
const latest = ({ consignments }: LandedCost) =>
  consignments
    .map(({ promise }) => promise.latest)
    .sort()
    .at(-1) ?? '';

/** Stock that does not suffice is the usual reason; a place that no lane serves is the other. */
function whyNoPlan({ request, stock, warehouses }: PricingInput, lines: readonly BasketLine[]): QuoteRefusal {
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
  return short.length > 0
    ? refusal('not-in-stock', ...short)
    : refusal('no-lane', ['/lines', 'no lane takes a parcel of this weight there']);
}
