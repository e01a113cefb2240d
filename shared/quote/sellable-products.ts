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
     * Whether the restrictions allow a quote to that place, for the goods, their documents and their present
     * warehouses. Quantities, lanes and prices are checked by the quote.
     */
    sellable: z.boolean(),
    /** The restriction that bars it. */
    barredBy: blockedLineSchema.omit({ lineId: true, sku: true }).optional(),
    /** The last day on which it can be sold there: then a required document expires, or a new rule bars it. */
    soldUntil: calendarDateSchema.optional(),
  })
  .meta({ id: 'SellableProduct' });

export type SellableProduct = z.infer<typeof sellableProductSchema>;

export interface Market {
  readonly destination: QuoteRequest['destination'];
  readonly seller: Partial<Seller>;
  readonly warehouses: readonly Warehouse[];
  /** The stock. A restriction on the way from where the goods are bars them, whatever other warehouses could send. */
  readonly stock: Availability;
  /** In the destination's calendar. */
  readonly date: CalendarDate;
}

/**
 * Which products the restrictions allow in a market, on the network's ways from where the goods are, and until when.
 * Refusals by the rules of duty and tax are found by the quote. Pure.
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

/** The days from `date` on after which a document is no longer valid or a restriction begins, the earliest first. */
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
