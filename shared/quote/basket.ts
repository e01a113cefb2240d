import type { Product } from '../catalogue/index.ts';
import { isGivenAway, measuresOf, type PricingSettings, unitPriceOf } from '../catalogue/index.ts';
import type { LineToAssess, Regime } from '../duties/index.ts';
import type { ItemToPack } from '../freight/index.ts';
import { defined } from '../kernel/defined.ts';
import { formatMoney, fromJson, type Money, times, toJson } from '../kernel/money.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { QuoteRequest } from './quote.ts';
import type { QuoteRates } from './quote-rates.ts';

/** A line of the request with the product data that pricing needs. */
export interface BasketLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly product: Product;
  /** The price of all units, without tax, in the shopper's currency: zero for goods that are given away. */
  readonly goods: Money;
  /**
   * The price of all units as listed, if it has the destination's tax in it. `goods` is then this price, until the tax
   * on the goods is known.
   */
  readonly listed: Money | undefined;
  /** How the price was derived from the merchant's. */
  readonly formula: string;
  /** All units at the merchant's own price, if that was converted. */
  readonly base: Money | undefined;
  /** Its `goodsValue` is the price, or the customs value of goods that are given away. */
  readonly toAssess: LineToAssess;
  readonly toPack: ItemToPack;
}

/** The id of the line at that place of the basket. */
const lineIdAt = (index: number) => `line-${index + 1}`;

/** Total units of each SKU over all lines. */
export const wantedOf = (lines: readonly Pick<BasketLine, 'sku' | 'quantity'>[], sku: string): number =>
  lines.reduce((all, line) => (line.sku === sku ? all + line.quantity : all), 0);

/** The id of a part of a line that is divided among warehouses. */
const partIdOf = (lineId: string, part: number) => `${lineId}.${part + 1}`;

/** The id of the whole line that a part belongs to; a whole line's own id. */
export const wholeOf = (lineId: string) => lineId.split('.', 1)[0] ?? lineId;

/** The place of a line, or of the line that a part belongs to, in the request. */
export const placeOf = (lineId: string) => Number(wholeOf(lineId).slice('line-'.length)) - 1;

export interface BasketContext {
  readonly regime: Regime;
  readonly rates: QuoteRates;
  readonly pricing: PricingSettings | undefined;
  readonly date: CalendarDate;
}

/** The lines of the request whose product is sold, each priced and classified. Throws NoRate if a price is missing. */
export function basketOf(
  request: QuoteRequest,
  products: readonly Product[],
  context: BasketContext,
): BasketLine[] {
  const bySku = new Map(products.map((product) => [product.sku, product]));
  return request.lines.map(({ sku, quantity }, index) => {
    const product = bySku.get(sku);
    if (product === undefined) throw new Error(`the product ${sku} was checked to exist`);
    return basketLine(request, product, { lineId: lineIdAt(index), quantity }, context);
  });
}

/** The lines, with some divided by the quantities of `partsOf`. Each part is priced as a line of its own. */
export function withParts(
  lines: readonly BasketLine[],
  request: QuoteRequest,
  context: BasketContext,
  partsOf: (line: BasketLine) => readonly number[] | undefined,
): BasketLine[] {
  return lines.flatMap((line) => {
    const parts = partsOf(line)?.map((quantity, part) => {
      const own = { lineId: partIdOf(line.lineId, part), quantity };
      return basketLine(request, line.product, own, context);
    });
    return parts ?? [line];
  });
}

function basketLine(
  request: QuoteRequest,
  product: Product,
  { lineId, quantity }: { readonly lineId: string; readonly quantity: number },
  context: BasketContext,
): BasketLine {
  const { sku, description, originCountry, unitWeightGrams, dimensions } = product;
  const hsCode = codeFor(product, context.regime);
  const price = priceOf(request, product, quantity, context);
  const value = customsValueOf(product, price.goods, quantity, context.rates);
  return {
    lineId,
    sku,
    quantity,
    product,
    ...price,
    formula: value === price.goods ? price.formula : `${price.formula}; customs value ${formatMoney(value)}`,
    toAssess: {
      lineId,
      sku,
      description,
      quantity,
      hsCode,
      originCountry,
      unitWeightGrams,
      ...defined({ measures: measuresOf(product) }),
      goodsValue: toJson(value),
      originProofs: originProofsOf(product, context.date),
    },
    toPack: { lineId, quantity, unitWeightGrams, dimensions },
  };
}

/** The price, or the converted customs value of goods that are given away. Throws NoRate. */
function customsValueOf(
  { customsValue, prices }: Product,
  goods: Money,
  quantity: number,
  rates: QuoteRates,
): Money {
  if (customsValue === undefined || !isGivenAway(prices)) return goods;
  return times(rates.convert(fromJson(customsValue), goods.currency), quantity);
}

/** The longer code of the destination's tariff if the product has one, otherwise the six digits. */
function codeFor({ hsCode, nationalCodes }: Product, { tariff }: Regime): string {
  const codes: Readonly<Record<string, string | undefined>> = nationalCodes ?? {};
  return codes[tariff] ?? hsCode;
}

/** The price of all units, with the tax in it if the merchant lists it so. */
function priceOf(
  { currency, destination }: QuoteRequest,
  { prices }: Product,
  quantity: number,
  { rates, pricing }: BasketContext,
): Pick<BasketLine, 'goods' | 'listed' | 'formula' | 'base'> {
  const unit = unitPriceOf(prices, {
    currency,
    market: destination.country,
    lock: rates.lock,
    settings: pricing,
  });
  const own = prices[0]?.currency ?? currency;
  if (unit === undefined) throw rates.noRate(own, currency);
  if (unit.from === 'conversion') rates.use(own, currency);
  const goods = times(unit.price, quantity);
  const multiplied = `${formatMoney(goods)} = ${formatMoney(unit.price)} x ${quantity}`;
  return {
    goods,
    listed: unit.taxIncluded ? goods : undefined,
    formula: unit.formula === undefined ? multiplied : `${multiplied}; ${unit.formula}`,
    base: unit.from === 'conversion' ? times(unit.base, quantity) : undefined,
  };
}

/** The agreements for which the product has a proof of origin that is valid on the date. */
function originProofsOf({ originProofs = [] }: Product, date: CalendarDate): string[] {
  return originProofs
    .filter(({ validUntil }) => validUntil === undefined || date <= validUntil)
    .map(({ agreement }) => agreement);
}
