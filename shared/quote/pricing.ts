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
  type RuleBook,
  type SellerRegistrations,
} from '../customs/index.ts';
import type { Currency } from '../kernel/currency.ts';
import { allocate, formatMoney, fromJson, type Money, sum, times, toJson } from '../kernel/money.ts';
import { type CalendarDate, calendarDateIn, type Instant } from '../kernel/time.ts';
import { shipConsignment } from '../shipping/index.ts';
import type { ExchangeRates } from './exchange-rates.ts';
import { convertAmount, type FxLock, lockRates, type StaleRates } from './fx-lock.ts';
import type { Warehouse } from './network.ts';
import { type BasketLine, lineIdAt, type Plan, type Shipment } from './plan.ts';
import type { Availability } from './ports.ts';
import { type PricingSettings, type UnitPrice, unitPriceOf } from './price-list.ts';
import type { Product } from './product.ts';
import { QUOTE_LIFETIME_MS, type QuoteRequest } from './quote.ts';

export interface PricingInput {
  readonly request: QuoteRequest;
  readonly products: readonly Product[];
  readonly warehouses: readonly Warehouse[];
  readonly stock: Availability;
  readonly exchangeRates: ExchangeRates | undefined;
  readonly rules: RuleBook;
  /** The customs authorities' tables of the month. */
  readonly customsRates?: readonly ExchangeRates[];
  readonly seller: SellerRegistrations & { readonly pricing?: PricingSettings | undefined };
  readonly now: Instant;
}

/** A currency without a rate, or with one that is too old: the basket can't be priced in it. */
export class NoRate extends Error {
  override readonly name = 'NoRate';
  readonly reason: 'unsupported-currency' | 'stale-rates';

  constructor(reason: NoRate['reason'], detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** A lane that can't take the consignment. */
export interface NoLane {
  readonly reason: 'no-lane';
  readonly lineId?: string;
  readonly detail: string;
}

/** One basket to be priced: what the parts of the computation share. */
export class Pricing {
  readonly input: PricingInput;
  readonly #regime: Regime;
  readonly #date: CalendarDate;
  readonly #used = new Map<string, string>();
  readonly #lock: FxLock | undefined;
  readonly #stale: StaleRates | undefined;

  constructor(input: PricingInput, regime: Regime) {
    this.input = input;
    this.#regime = regime;
    this.#date = calendarDateIn(regime.timeZone, input.now);
    const { exchangeRates, seller, now } = input;
    const spreadBasisPoints = seller.pricing?.spreadBasisPoints;
    const locked =
      exchangeRates === undefined
        ? undefined
        : lockRates(exchangeRates, { now, lifetimeMs: QUOTE_LIFETIME_MS, spreadBasisPoints });
    this.#lock = locked?.ok === true ? locked.value : undefined;
    this.#stale = locked?.ok === false ? locked.error : undefined;
  }

  basketLines(): BasketLine[] {
    return this.input.request.lines.map(({ sku, quantity }, index) => ({
      lineId: lineIdAt(index),
      sku,
      quantity,
      weightGrams: this.#product(sku).unitWeightGrams * quantity,
    }));
  }

  landedCost(plan: Plan): LandedCost | NotAssessable | NoLane {
    const { request } = this.input;
    const consignments: PlannedConsignment[] = [];
    for (const [index, shipment] of plan.entries()) {
      const consignment = this.#consignment(shipment, `con-${index + 1}`);
      if ('reason' in consignment) return consignment;
      consignments.push(consignment);
    }
    const rates =
      this.#lock === undefined || this.#used.size === 0
        ? {}
        : { exchangeRates: lockedRates(this.#lock, this.#used) };
    return {
      incoterm: request.incoterm,
      currency: request.currency,
      destination: request.destination,
      ruleSet: { version: this.input.rules.version, date: this.#date },
      ...rates,
      consignments,
      totals: totalsOf(
        consignments.flatMap(({ charges }) => charges),
        request.currency,
      ),
    };
  }

  #consignment(shipment: Shipment, consignmentId: string): PlannedConsignment | NotAssessable | NoLane {
    const { request, seller, now } = this.input;
    const { warehouse, lane } = shipment;
    const lines = shipment.lines.map((line) => this.#line(line));
    const shipped = shipConsignment({
      ...{ warehouse, lane, destination: request.destination, now },
      items: shipment.lines.map(({ lineId, sku, quantity }) => {
        const { unitWeightGrams, dimensions } = this.#product(sku);
        return { lineId, quantity, unitWeightGrams, dimensions };
      }),
    });
    if ('reason' in shipped) return { ...shipped, reason: 'no-lane' };
    const { earliest, latest } = shipped.promise;
    const freight = this.#convert(shipped.freight, request.currency);
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
      {
        date: this.#date,
        rules: this.input.rules,
        seller,
        convert: (amount, to) => this.#convert(amount, to),
        explain: true,
      },
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
      promise: { earliest, latest },
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
    const hsCode = nationalCodes?.[this.#regime.tariff as keyof typeof nationalCodes] ?? subheading;
    const goodsValue = toJson(times(this.#unitPrice(sku), quantity));
    return { lineId, sku, description, quantity, hsCode, originCountry, unitWeightGrams, goodsValue };
  }

  #goodsCharge({ lineId, sku, description, quantity, goodsValue }: ConsignmentLine): Charge {
    const { price, base, formula, from } = this.#price(sku);
    const product = `${formatMoney(fromJson(goodsValue))} = ${formatMoney(price)} x ${quantity}`;
    return {
      kind: 'goods',
      code: 'goods',
      description,
      lineId,
      amount: goodsValue,
      ...(from === 'conversion' ? { base: toJson(times(base, quantity)) } : {}),
      formula: formula === undefined ? product : `${product}; ${formula}`,
      ruleId: 'price-list',
      legalReference: "the merchant's price list",
    };
  }

  #unitPrice(sku: string): Money {
    return this.#price(sku).price;
  }

  /** The price list's price in the shopper's currency, or the base price at the locked rate with the spread. */
  #price(sku: string): UnitPrice {
    const { prices } = this.#product(sku);
    const { currency, destination } = this.input.request;
    const {
      spreadBasisPoints: _spread,
      taxIncludedMarkets: _markets,
      ...settings
    } = this.input.seller.pricing ?? {};
    const unit = unitPriceOf(prices, { currency, market: destination.country, lock: this.#lock, settings });
    const base = prices[0]?.currency ?? currency;
    if (unit === undefined) throw this.#noRate(base, currency);
    if (unit.from === 'conversion') this.#use(base, currency);
    return unit;
  }

  #product(sku: string): Product {
    const product = this.input.products.find((candidate) => candidate.sku === sku);
    if (product === undefined) throw new Error(`the product ${sku} was checked to exist`);
    return product;
  }

  #convert(amount: Money, to: Currency): Money {
    if (amount.currency === to) return amount;
    const converted = this.#lock === undefined ? undefined : convertAmount(this.#lock, amount, to);
    if (converted === undefined) throw this.#noRate(amount.currency, to);
    this.#use(amount.currency, to);
    return converted;
  }

  #noRate(from: Currency, to: Currency): NoRate {
    return this.#stale === undefined
      ? new NoRate('unsupported-currency', `there is no exchange rate from ${from} to ${to}`)
      : new NoRate('stale-rates', this.#stale.detail);
  }

  #use(...currencies: readonly Currency[]): void {
    for (const currency of currencies) {
      const published = this.#lock?.rates[currency];
      if (published !== undefined) this.#used.set(currency, published);
    }
  }
}

/** The lock as the quote keeps it: with the rates that were used, and no others. */
function lockedRates({ rates: _all, ...lock }: FxLock, used: ReadonlyMap<string, string>) {
  return { ...lock, used: Object.fromEntries(used) };
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
