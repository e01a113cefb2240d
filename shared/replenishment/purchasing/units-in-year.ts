import { dayMs, type Instant, later } from '../../kernel/time.ts';
import type { OrderStore } from './ports.ts';

/** The days before an instant that a share limit counts. */
const YEAR_DAYS = 365;
/** Orders that are read at most, the newest first: older ones are not counted. */
const MAX_ORDERS = 2_000;
const PAGE = 50;

/** Units of products that were ordered, by SKU and then by supplier. */
export type UnitsBySupplier = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * The units of these SKUs that purchase orders of the year before asked suppliers for. What was cancelled does not
 * count, and of an order that was closed only what came. The order `except` is left out, if one is named.
 */
export async function unitsInYear(
  { orders }: { readonly orders: Pick<OrderStore, 'page'> },
  {
    skus,
    except,
    now,
  }: { readonly skus: ReadonlySet<string>; readonly except?: string; readonly now: Instant },
): Promise<UnitsBySupplier> {
  const since = later(now, -YEAR_DAYS * dayMs);
  const units = new Map([...skus].map((sku) => [sku, new Map<string, number>()]));
  for (const list of ['open', 'ended'] as const) {
    let cursor: string | undefined;
    let read = 0;
    do {
      const page = await orders.page(list, PAGE, cursor);
      cursor = page?.cursor;
      for (const { state } of page?.items ?? []) {
        read += 1;
        const { supplierId, status, proposedAt, lines, replenishmentOrderId } = state;
        if (proposedAt < since) cursor = undefined;
        if (proposedAt < since || status === 'cancelled' || supplierId === undefined) continue;
        if (replenishmentOrderId === except) continue;
        for (const { sku, ordered, received } of lines) {
          const own = units.get(sku);
          own?.set(supplierId, (own.get(supplierId) ?? 0) + (status === 'closed' ? received : ordered));
        }
      }
    } while (cursor !== undefined && read < MAX_ORDERS);
  }
  return units;
}
