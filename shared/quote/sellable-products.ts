import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import type { Product, Seller } from '../catalogue/index.ts';
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
import { TAX_REFUSALS, type TaxedMarket, whyNotTaxed } from './untaxed-product.ts';

export const sellableProductSchema = z
  .strictObject({
    sku: skuSchema,
    /**
     * Whether the restrictions and the rules of duty and tax allow a quote of one unit to that place, for the goods,
     * their documents and their present warehouses. Quantities and lanes are checked by the quote.
     */
    sellable: z.boolean(),
    /** The restriction that bars it. */
    barredBy: blockedLineSchema.omit({ lineId: true, sku: true }).optional(),
    /** Why the rules of duty and tax refuse it, as the quote says it. */
    notTaxed: z.strictObject({ reason: z.enum(TAX_REFUSALS), detail: z.string() }).optional(),
    /** The last day on which it can be sold there: then a required document expires, or a new rule bars it. */
    soldUntil: calendarDateSchema.optional(),
  })
  .meta({ id: 'SellableProduct' });

export type SellableProduct = z.infer<typeof sellableProductSchema>;

export interface Market extends TaxedMarket {
  readonly seller: Partial<Seller>;
  /** The stock. A restriction on the way from where the goods are bars them, whatever other warehouses could send. */
  readonly stock: Availability;
  /** In the destination's calendar. */
  readonly date: CalendarDate;
}

/**
 * Which products the restrictions allow in a market, on the network's ways from where the goods are, and until when.
 * A product that they allow is then priced, so that it is refused here if the rules of duty and tax refuse it. Pure.
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
    const notTaxed = whyNotTaxed(product, market);
    if (notTaxed !== undefined) return { sku, sellable: false, notTaxed };
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
