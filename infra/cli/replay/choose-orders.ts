import type { Country } from '../../../shared/kernel/country.ts';
import type { Sale } from './check-row.ts';
import type { PlannedOrder } from './plan-orders.ts';
import type { Refusal } from './refusal.ts';

/** The sales to these destinations, or all sales if no destination is named. */
export function salesTo(
  sales: readonly Sale[],
  countries: ReadonlySet<Country> | undefined,
): readonly Sale[] {
  return countries === undefined ? sales : sales.filter(({ country }) => countries.has(country));
}

/** The first orders up to the limit, and the number of rows that are in none of them. */
export function firstOrders(
  orders: readonly PlannedOrder[],
  limit: number | undefined,
): { readonly orders: readonly PlannedOrder[]; readonly rowsLeftOut: number } {
  const chosen = limit === undefined ? orders : orders.slice(0, limit);
  const rows = rowsOf(chosen);
  return { orders: chosen, rowsLeftOut: rowsOf(orders).size - rows.size };
}

/**
 * The orders without the products that the catalogue refused. The rows of these products are refused. An order
 * without any row is left out.
 */
export function withoutProducts(
  orders: readonly PlannedOrder[],
  refusedProducts: ReadonlyMap<string, string>,
): { readonly orders: readonly PlannedOrder[]; readonly refusals: readonly Refusal[] } {
  if (refusedProducts.size === 0) return { orders, refusals: [] };
  const refusals = new Map<number, Refusal>();
  const kept: PlannedOrder[] = [];
  for (const order of orders) {
    for (const { sku, rows } of order.lines) {
      const why = refusedProducts.get(sku);
      if (why === undefined) continue;
      for (const line of rows) {
        const { invoiceNo } = order;
        refusals.set(line, { line, invoiceNo, reason: 'product-refused', detail: `${sku}: ${why}` });
      }
    }
    const lines = order.lines.filter(({ sku }) => !refusedProducts.has(sku));
    if (lines.length > 0) kept.push({ ...order, lines });
  }
  return { orders: kept, refusals: [...refusals.values()] };
}

/** The units of each SKU in the orders. */
export function unitsOf(orders: readonly PlannedOrder[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { lines } of orders) {
    for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  }
  return units;
}

function rowsOf(orders: readonly PlannedOrder[]): ReadonlySet<number> {
  return new Set(orders.flatMap(({ lines }) => lines.flatMap(({ rows }) => rows)));
}
