import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { blockedLineSchema, createGoodsGate, type GoodsGate, splitBasket } from '../customs/index.ts';
import { type CalendarDate, calendarDateSchema, dayMs, later } from '../kernel/time.ts';
import type { Warehouse } from './network.ts';
import type { Product } from './product.ts';
import type { QuoteRequest } from './quote.ts';
import type { Seller } from './seller.ts';
import { withTiers } from './tiers.ts';
import { waysTo } from './ways-to.ts';

export const sellableProductSchema = z
  .strictObject({
    sku: skuSchema,
    /** Whether a quote to that place would have it, as far as goods and papers go; stock and lanes are the quote's. */
    sellable: z.boolean(),
    /** What bars it. */
    barredBy: blockedLineSchema.omit({ lineId: true, sku: true }).optional(),
    /** The last day on which it is sold there: the day after, a paper or registration that it takes has expired. */
    soldUntil: calendarDateSchema.optional(),
  })
  .meta({ id: 'SellableProduct' });

export type SellableProduct = z.infer<typeof sellableProductSchema>;

export interface Market {
  readonly destination: QuoteRequest['destination'];
  readonly seller: Partial<Seller>;
  readonly warehouses: readonly Warehouse[];
  /** In the destination's calendar. */
  readonly date: CalendarDate;
}

/**
 * Which products may be listed and sold in a market: by the rules that a quote asks, on the ways that the network has
 * there. Pure.
 */
export function sellableIn(products: readonly Product[], market: Market): SellableProduct[] {
  const { destination, seller, warehouses, date } = market;
  const ways = waysTo(destination.country, withTiers(warehouses));
  const gates = new Map<CalendarDate, GoodsGate>();
  const barOn = (product: Product, day: CalendarDate) => {
    const gate = gates.get(day) ?? createGoodsGate({ destination, seller, date: day });
    gates.set(day, gate);
    return splitBasket([{ lineId: product.sku, product }], gate, ways).blocked[0];
  };
  return products.map((product) => {
    const { sku } = product;
    const bar = barOn(product, date);
    if (bar !== undefined) {
      const { lineId: _line, sku: _sku, ...barredBy } = bar;
      return { sku, sellable: false, barredBy };
    }
    const soldUntil = lastDaysOf(product, seller, date).find(
      (day) => barOn(product, dayAfter(day)) !== undefined,
    );
    return { sku, sellable: true, ...(soldUntil === undefined ? {} : { soldUntil }) };
  });
}

/** The days from `date` on after which something that the product may be sold by is no longer good, the first one first. */
function lastDaysOf(
  { compliance }: Product,
  { epr = [] }: Partial<Seller>,
  date: CalendarDate,
): CalendarDate[] {
  const days = [...(compliance?.documents ?? []), ...epr].flatMap(({ validUntil }) => validUntil ?? []);
  return [...new Set(days)].filter((day) => day >= date).toSorted();
}

const dayAfter = (day: CalendarDate) => later(`${day}T00:00:00.000Z`, dayMs).slice(0, 10);
