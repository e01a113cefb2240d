import type {
  Charge,
  ConsignmentLine,
  LandedCost,
  PlannedConsignment,
  Totals,
} from '../../events/landed-cost.ts';
import {
  isAssessed,
  type NotAssessable,
  type Regime,
  regimeFor,
  ruleSetVersion,
  type SellerRegistrations,
} from '../customs/index.ts';
import type { Currency } from '../kernel/currency.ts';
import {
  allocate,
  convert,
  formatMoney,
  fromJson,
  type Money,
  type MoneyJson,
  sum,
  times,
  toJson,
} from '../kernel/money.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { type CalendarDate, calendarDateIn, type Instant } from '../kernel/time.ts';
import { freightOf } from '../shipping/index.ts';
import { type ExchangeRates, rateBetween } from './exchange-rates.ts';
import type { Warehouse } from './network.ts';
import { type BasketLine, feasiblePlans, type Plan, type Shipment } from './plan.ts';
import type { Availability } from './ports.ts';
import type { Product } from './product.ts';
import { promiseOf } from './promise.ts';
import type { QuoteRequest } from './quote.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';

export interface PricingInput {
  readonly request: QuoteRequest;
  readonly products: readonly Product[];
  readonly warehouses: readonly Warehouse[];
  readonly stock: Availability;
  readonly exchangeRates: ExchangeRates | undefined;
  readonly seller: SellerRegistrations;
  readonly now: Instant;
}

export interface PricedBasket {
  /** The cheapest plan by the service asked for, or of all. */
  readonly chosen: LandedCost;
  /** The cheapest plan by each service. */
  readonly options: readonly { readonly service: string; readonly landedCost: LandedCost }[];
}

/** A currency without a rate: the basket can't be priced in it. */
class NoRate extends Error {
  override readonly name = 'NoRate';
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
  try {
    return pricePlans(new Pricing(input, regime));
  } catch (error) {
    if (error instanceof NoRate)
      return refused(refusal('unsupported-currency', ['/currency', error.message]));
    throw error;
  }
}

function pricePlans(pricing: Pricing): Result<PricedBasket, QuoteRefusal> {
  const { request, warehouses, stock } = pricing.input;
  const lines = pricing.basketLines();
  const plans = feasiblePlans(lines, warehouses, stock, request.destination.country);
  if (plans.length === 0) return refused(whyNoPlan(pricing.input, lines));
  const priced: { service: string; landedCost: LandedCost }[] = [];
  let obstacle: NotAssessable | undefined;
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

const lineIdAt = (index: number) => `line-${index + 1}`;
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

/** One basket to be priced: what the parts of the computation share. */
class Pricing {
  readonly input: PricingInput;
  readonly #regime: Regime;
  readonly #date: CalendarDate;
  readonly #used = new Map<string, string>();

  constructor(input: PricingInput, regime: Regime) {
    this.input = input;
    this.#regime = regime;
    this.#date = calendarDateIn(regime.timeZone, input.now);
  }

  basketLines(): BasketLine[] {
    return this.input.request.lines.map(({ sku, quantity }, index) => ({
      lineId: lineIdAt(index),
      sku,
      quantity,
      weightGrams: this.#product(sku).unitWeightGrams * quantity,
    }));
  }

  landedCost(plan: Plan): LandedCost | NotAssessable {
    const { request, exchangeRates } = this.input;
    const consignments: PlannedConsignment[] = [];
    for (const [index, shipment] of plan.entries()) {
      const consignment = this.#consignment(shipment, `con-${index + 1}`);
      if ('reason' in consignment) return consignment;
      consignments.push(consignment);
    }
    const rates =
      exchangeRates === undefined || this.#used.size === 0
        ? {}
        : {
            exchangeRates: {
              id: exchangeRates.id,
              base: exchangeRates.base,
              used: Object.fromEntries(this.#used),
            },
          };
    return {
      incoterm: request.incoterm,
      currency: request.currency,
      destination: request.destination,
      ruleSet: { version: ruleSetVersion, date: this.#date },
      ...rates,
      consignments,
      totals: totalsOf(
        consignments.flatMap(({ charges }) => charges),
        request.currency,
      ),
    };
  }

  #consignment(shipment: Shipment, consignmentId: string): PlannedConsignment | NotAssessable {
    const { request, seller, now } = this.input;
    const { warehouse, lane } = shipment;
    const lines = shipment.lines.map((line) => this.#line(line));
    const weightGrams = shipment.lines.reduce((all, line) => all + line.weightGrams, 0);
    const freight = this.#convert(freightOf(lane, weightGrams), request.currency);
    const { country: shipFrom } = warehouse.address;
    const assessed = this.#regime.assess(
      {
        shipFrom,
        destination: request.destination,
        currency: request.currency,
        incoterm: request.incoterm,
        channel: lane.channel,
        lines,
        freight,
      },
      { date: this.#date, seller, convert: (amount, to) => this.#convert(amount, to) },
    );
    if (!isAssessed(assessed)) return assessed;
    const { scheme, dataSet, deMinimis, charges } = assessed;
    return {
      consignmentId,
      warehouseId: warehouse.warehouseId,
      shipFrom,
      carrier: lane.carrier,
      service: lane.service,
      lines,
      regime: this.#regime.code,
      scheme,
      ...(dataSet === undefined ? {} : { dataSet }),
      deMinimis: [...deMinimis],
      charges: [
        ...lines.map((line) => this.#goodsCharge(line)),
        ...freightCharges(freight, lines, `${lane.carrier} ${lane.service}`),
        ...charges,
      ],
      promise: promiseOf(warehouse, lane, now),
    };
  }

  #line({ lineId, sku, quantity }: BasketLine): ConsignmentLine {
    const {
      description,
      hsCode: subheading,
      nationalCodes,
      originCountry,
      unitWeightGrams,
    } = this.#product(sku);
    const hsCode = nationalCodes?.[this.#regime.tariff] ?? subheading;
    const goodsValue = toJson(times(this.#unitPrice(sku), quantity));
    return { lineId, sku, description, quantity, hsCode, originCountry, unitWeightGrams, goodsValue };
  }

  #goodsCharge({ lineId, sku, description, quantity, goodsValue }: ConsignmentLine): Charge {
    const formula = `${formatMoney(fromJson(goodsValue))} = ${formatMoney(this.#unitPrice(sku))} x ${quantity}`;
    return {
      kind: 'goods',
      code: 'goods',
      description,
      lineId,
      amount: goodsValue,
      formula,
      ruleId: 'price-list',
      legalReference: "the merchant's price list",
    };
  }

  /** The price list's price in the shopper's currency, or the base price at the locked rate. */
  #unitPrice(sku: string): Money {
    const { prices } = this.#product(sku);
    const { currency } = this.input.request;
    const listed = prices.find((price) => price.currency === currency) ?? prices[0];
    return this.#convert(fromJson(listed as MoneyJson), currency);
  }

  #product(sku: string): Product {
    const product = this.input.products.find((candidate) => candidate.sku === sku);
    if (product === undefined) throw new Error(`the product ${sku} was checked to exist`);
    return product;
  }

  #convert(amount: Money, to: Currency): Money {
    if (amount.currency === to) return amount;
    const rates = this.input.exchangeRates;
    const rate = rates === undefined ? undefined : rateBetween(rates, amount.currency, to);
    if (rates === undefined || rate === undefined)
      throw new NoRate(`there is no exchange rate from ${amount.currency} to ${to}`);
    for (const currency of [amount.currency, to]) {
      const published = rates.rates[currency];
      if (published !== undefined) this.#used.set(currency, published);
    }
    return convert(amount, to, rate);
  }
}

/** Freight shared out to the lines by weight, to the minor unit. */
function freightCharges(freight: Money, lines: readonly ConsignmentLine[], service: string): Charge[] {
  const shares = allocate(
    freight,
    lines.map((line) => line.unitWeightGrams * line.quantity),
  );
  return lines.map((line, index) => ({
    kind: 'shipping',
    code: 'shipping',
    description: `Shipping by ${service}`,
    lineId: line.lineId,
    amount: toJson(shares[index] as Money),
    formula: `share by weight of ${formatMoney(freight)}`,
    ruleId: 'rate-card',
    legalReference: "the warehouse's rate card",
  }));
}

function totalsOf(charges: readonly Charge[], currency: Currency): Totals {
  const of = (kinds: readonly Charge['kind'][], all = charges) =>
    toJson(
      sum(
        all.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => fromJson(amount)),
        currency,
      ),
    );
  const collected = charges.filter(({ collectedOnDelivery }) => collectedOnDelivery !== true);
  return {
    goods: of(['goods']),
    shipping: of(['shipping']),
    duty: of(['duty']),
    tax: of(['tax']),
    fees: of(['fee']),
    total: of(['goods', 'shipping', 'duty', 'tax', 'fee'], collected),
  };
}
