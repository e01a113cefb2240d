import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import type { Product, Seller, Warehouse } from '../catalogue/index.ts';
import { withTiers } from '../catalogue/index.ts';
import { defined } from '../kernel/defined.ts';
import { type CalendarDate, calendarDateSchema, dayAfter } from '../kernel/time.ts';
import {
  blockedLineSchema,
  builtinRestrictions,
  createGoodsGate,
  type GoodsGate,
  splitBasket,
} from '../restrictions/index.ts';
import { waysOfGoods } from './plan/ways-to.ts';
import type { Availability } from './ports.ts';
import type { QuoteRequest } from './quote.ts';

export const sellableProductSchema = z
  .strictObject({
    sku: skuSchema,
    /**
     * Whether a quote to that place would have it, as far as goods and papers go, from where the goods are now. How many
     * there are, lanes and prices are the quote's.
     */
    sellable: z.boolean(),
    /** What bars it. */
    barredBy: blockedLineSchema.omit({ lineId: true, sku: true }).optional(),
    /** The last day on which it is sold there: then a paper that it takes has expired, or a rule begins that bars it. */
    soldUntil: calendarDateSchema.optional(),
  })
  .meta({ id: 'SellableProduct' });

export type SellableProduct = z.infer<typeof sellableProductSchema>;

export interface Market {
  readonly destination: QuoteRequest['destination'];
  readonly seller: Partial<Seller>;
  readonly warehouses: readonly Warehouse[];
  /** Where the goods are: what bars them on their way from there bars them, whatever others could send. */
  readonly stock: Availability;
  /** In the destination's calendar. */
  readonly date: CalendarDate;
}

/**
 * Which products the rules of restricted goods let a market have, on the ways that the network has there from where the
 * goods are, and until when. What the rules of duty and tax refuse is the quote's to tell. Pure.
 */
export function sellableIn(products: readonly Product[], market: Market): SellableProduct[] {
  const { destination, seller, warehouses, stock, date } = market;
  const ways = waysOfGoods(destination.country, withTiers(warehouses), stock);
  const gates = new Map<CalendarDate, GoodsGate>();
  const barOn = (product: Product, day: CalendarDate) => {
    const gate = gates.get(day) ?? createGoodsGate({ destination, seller, date: day });
    gates.set(day, gate);
    return splitBasket([{ lineId: product.sku, product }], gate, () => ways(product.sku)).blocked[0];
  };
  return products.map((product) => {
    const { sku } = product;
    const bar = barOn(product, date);
    if (bar !== undefined) {
      const { lineId: _line, sku: _sku, ...barredBy } = bar;
      return { sku, sellable: false, barredBy };
    }
    const soldUntil = lastDaysOf(product, seller, date).find(
      (day) => barOn(product, dayAfter(day, 1)) !== undefined,
    );
    return { sku, sellable: true, ...defined({ soldUntil }) };
  });
}

/** The days from `date` on after which a paper is no longer good or a restriction begins to hold, the first one first. */
function lastDaysOf(
  { compliance }: Product,
  { epr = [] }: Partial<Seller>,
  date: CalendarDate,
): CalendarDate[] {
  const papers = [...(compliance?.documents ?? []), ...epr].flatMap(({ validUntil }) => validUntil ?? []);
  const beginnings = builtinRestrictions.rows.map(({ validFrom }) => dayAfter(validFrom, -1));
  const days = [...papers, ...beginnings];
  return [...new Set(days)].filter((day) => day >= date).toSorted();
}
