import type { Country } from '../../../shared/kernel/country.ts';
import type { ReplayProduct } from './build-catalogue.ts';
import type { Sale } from './check-row.ts';
import type { Refusal } from './refusal.ts';

/** The limits of one order. They come from the API and from the carriers' largest parcel. */
export interface OrderLimits {
  readonly lines: number;
  readonly quantity: number;
  readonly weightGrams: number;
}

export interface PlannedOrder {
  /** The number of the invoice. If the invoice became several orders, the number of the part follows: `536365/2`. */
  readonly key: string;
  readonly invoiceNo: string;
  readonly country: Country;
  readonly customerId: string;
  readonly lines: readonly PlannedLine[];
}

export interface PlannedLine {
  readonly sku: string;
  readonly quantity: number;
  /** The lines of the file in this order. */
  readonly rows: readonly number[];
}

export interface OrderPlan {
  readonly orders: readonly PlannedOrder[];
  readonly refusals: readonly Refusal[];
  readonly invoices: number;
  /** The number of invoices that became several orders. */
  readonly splitInvoices: number;
}

interface Item {
  readonly sku: string;
  readonly unitWeightGrams: number;
  readonly quantity: number;
  readonly rows: readonly number[];
}

/**
 * Turns sales into orders. Each invoice becomes one order, and rows with the same SKU become one line. This retailer
 * also sold wholesale. So an invoice with too many lines, too many units or too much weight becomes several orders,
 * in the sequence of its rows. The quantity of a row is divided only if the row does not fit into one order.
 */
export function planOrders(
  sales: readonly Sale[],
  products: ReadonlyMap<string, ReplayProduct>,
  limits: OrderLimits,
): OrderPlan {
  const refusals: Refusal[] = [];
  const orders: PlannedOrder[] = [];
  // An invoice number with two countries makes two invoices, because an order has one destination.
  const invoices = Map.groupBy(sales, ({ invoiceNo, country }) => `${invoiceNo} ${country}`);
  let splitInvoices = 0;
  for (const rows of invoices.values()) {
    const first = rows[0];
    if (first === undefined) continue;
    const items: Item[] = [];
    for (const item of merge(rows, products)) {
      if (item.unitWeightGrams <= limits.weightGrams) items.push(item);
      else refusals.push(...item.rows.map((line) => tooHeavy(line, first.invoiceNo, item)));
    }
    const parts = divide(items, limits);
    if (parts.length > 1) splitInvoices += 1;
    for (const [index, part] of parts.entries()) {
      orders.push({
        key: parts.length === 1 ? first.invoiceNo : `${first.invoiceNo}/${index + 1}`,
        invoiceNo: first.invoiceNo,
        country: first.country,
        customerId: first.customerId,
        lines: part.map(({ sku, quantity, rows: itemRows }) => ({ sku, quantity, rows: itemRows })),
      });
    }
  }
  return { orders, refusals, invoices: invoices.size, splitInvoices };
}

function merge(rows: readonly Sale[], products: ReadonlyMap<string, ReplayProduct>): Item[] {
  return [...Map.groupBy(rows, ({ sku }) => sku)].map(([sku, same]) => ({
    sku,
    unitWeightGrams: products.get(sku)?.unitWeightGrams ?? Number.POSITIVE_INFINITY,
    quantity: same.reduce((all, { quantity }) => all + quantity, 0),
    rows: same.map(({ line }) => line),
  }));
}

function divide(items: readonly Item[], limits: OrderLimits): Item[][] {
  const parts: Item[][] = [];
  let part: Item[] = [];
  let free = limits.weightGrams;
  const close = () => {
    if (part.length > 0) parts.push(part);
    part = [];
    free = limits.weightGrams;
  };
  for (const item of items) {
    const fitsOneOrder = Math.min(limits.quantity, Math.floor(limits.weightGrams / item.unitWeightGrams));
    for (let left = item.quantity; left > 0; ) {
      const wanted = Math.min(left, fitsOneOrder);
      if (
        part.length >= limits.lines ||
        wanted * item.unitWeightGrams > free ||
        part.at(-1)?.sku === item.sku
      ) {
        close();
      }
      part.push({ ...item, quantity: wanted });
      free -= wanted * item.unitWeightGrams;
      left -= wanted;
    }
  }
  close();
  return parts;
}

function tooHeavy(line: number, invoiceNo: string, { sku, unitWeightGrams }: Item): Refusal {
  return { line, invoiceNo, reason: 'too-heavy-for-a-parcel', detail: `${sku}: ${unitWeightGrams} g a unit` };
}
