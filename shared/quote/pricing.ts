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
import { type CalendarDate, calendarDateIn, type Instant } from '../kernel/time.ts';
import { freightOf } from '../shipping/index.ts';
import { type ExchangeRates, rateBetween } from './exchange-rates.ts';
import type { Warehouse } from './network.ts';
import { type BasketLine, lineIdAt, type Plan, type Shipment } from './plan.ts';
import type { Availability } from './ports.ts';
import type { Product } from './product.ts';
import { promiseOf } from './promise.ts';
import type { QuoteRequest } from './quote.ts';

export interface PricingInput {
  readonly request: QuoteRequest;
  readonly products: readonly Product[];
  readonly warehouses: readonly Warehouse[];
  readonly stock: Availability;
  readonly exchangeRates: ExchangeRates | undefined;
  readonly seller: SellerRegistrations;
  readonly now: Instant;
}

/** A currency without a rate: the basket can't be priced in it. */
export class NoRate extends Error {
  override readonly name = 'NoRate';
}

/** One basket to be priced: what the parts of the computation share. */
export class Pricing {
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
