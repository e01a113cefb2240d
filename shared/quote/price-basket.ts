import type { Warehouse } from '../catalogue/index.ts';
import { isGivenAway, isSold, lanesInService, transportBy, withTiers } from '../catalogue/index.ts';
import type { Regime } from '../duties/index.ts';
import { AmountTooLarge } from '../kernel/money.ts';
import { type Result, refused } from '../kernel/result.ts';
import { calendarDateIn } from '../kernel/zoned-time.ts';
import { createGoodsGate, type GoodsGate, type Transport } from '../restrictions/index.ts';
import { withoutRefusedFree } from './free-orders.ts';
import { withFullDays } from './plan/full-days.ts';
import { type PricedBasket, pricePlans } from './plan/price-plans.ts';
import { whyDown } from './plan/why-no-price.ts';
import type { CostingContext, PricingInput } from './pricing-input.ts';
import { NoRate, QuoteRates } from './quote-rates.ts';
import { slotChargeOf } from './quote-slot.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';
import { regimeOf } from './unsupported-destination.ts';

/**
 * Prices a basket to a destination. Plans are costed with freight, duty, tax and fees; the result has the best by cost,
 * promise and carbon, proved up to twelve lines and ten warehouses. Pure.
 */
export function priceBasket(input: PricingInput): Result<PricedBasket, QuoteRefusal> {
  const { carriers = [], workload, now } = input;
  const warehouses = withFullDays(input.warehouses, workload);
  const allWarehouses = withTiers(warehouses);
  const over = (network: readonly Warehouse[]) =>
    priceOver({ ...input, allWarehouses, warehouses: withTiers(network) });
  const inService = lanesInService(warehouses, carriers, now);
  const priced = over(inService);
  if (priced.ok || inService === warehouses) return priced;
  const otherwise = over(warehouses);
  return otherwise.ok ? refused(whyDown(input, otherwise.value.chosen)) : otherwise;
}

/** Prices it over the given network, without regard to carriers that are down. */
function priceOver(input: PricingInput): Result<PricedBasket, QuoteRefusal> {
  const { request, products } = input;
  const unknown = request.lines.flatMap(({ sku }, index) =>
    products.some((product) => product.sku === sku && isSold(product))
      ? []
      : [[`/lines/${index}/sku`, whyUnknown(sku, products)] as const],
  );
  if (unknown.length > 0) return refused(refusal('unknown-sku', ...unknown));
  const sold = regimeOf(request.destination);
  if (!sold.ok)
    return refused(
      refusal('unsupported-destination', [`/destination/${sold.error.field}`, sold.error.detail]),
    );
  const regime = sold.value;
  try {
    const gate = gateOf(input, regime);
    const priced = pricePlans(input, contextOf(input, regime, gate), gate);
    return priced.ok ? withoutRefusedFree(input, priced.value) : priced;
  } catch (error) {
    if (error instanceof NoRate) return refused(refusal(error.reason, ['/currency', error.message]));
    if (error instanceof AmountTooLarge) return refused(refusal('too-large', ['/lines', error.message]));
    throw error;
  }
}

const whyUnknown = (sku: string, products: PricingInput['products']) =>
  products.some((product) => product.sku === sku)
    ? `${sku} is retired: it is sold no more`
    : `there is no product ${sku}`;

/** The restrictions of the destination on its date, for a seller with these registrations. */
function gateOf({ request, seller, now }: PricingInput, { timeZone }: Regime): GoodsGate {
  const { destination } = request;
  return createGoodsGate({ destination, seller, date: calendarDateIn(timeZone, now) });
}

/** Whether the shopper buys anything: goods that are given away with a purchase belong to it. */
function isSale({ request, products }: PricingInput): boolean {
  const free = new Set(products.flatMap(({ sku, prices }) => (isGivenAway(prices) ? [sku] : [])));
  return request.lines.some(({ sku }) => !free.has(sku));
}

/**
 * The merchant without the numbers under which tax is charged at the sale (Directive 2006/112/EC Art. 2: a supply for
 * consideration). Goods that are given away are no sale: their tax is that of an import, on the customs value.
 */
const withoutSales = (seller: PricingInput['seller']): PricingInput['seller'] => ({
  ...seller,
  ...{ ioss: undefined, gbVat: undefined, taxNumbers: undefined },
});

function contextOf(input: PricingInput, regime: Regime, gate: GoodsGate): CostingContext {
  const { request, rules, seller, now, exchangeRates, customsRates = [] } = input;
  const date = calendarDateIn(regime.timeZone, now);
  const { spreadBasisPoints } = seller.pricing ?? {};
  const rates = new QuoteRates(regime, { exchangeRates, customsRates, spreadBasisPoints, now, date });
  const ways = new Map<object, Transport>();
  const { deliverySlot: quoted } = input;
  const slot =
    quoted === undefined ? undefined : { quoted, charge: slotChargeOf(quoted, rates, request.currency) };
  return {
    request,
    regime,
    rules,
    rates,
    seller: isSale(input) ? seller : withoutSales(seller),
    date,
    now,
    slot,
    bars: (product, lane, warehouse) => {
      const way = ways.get(lane) ?? transportBy(lane, warehouse);
      ways.set(lane, way);
      return gate.obstacles(product, way);
    },
  };
}
