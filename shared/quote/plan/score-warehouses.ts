import type { WarehouseScore } from '../../../events/allocation.ts';
import { servingWarehouses, type Warehouse } from '../../catalogue/index.ts';
import { toInstant } from '../../kernel/time.ts';
import { MAX_EXACT_LINES, MAX_EXACT_WAREHOUSES } from '../../planning/index.ts';
import { type BasketLine, wantedOf } from '../basket.ts';
import type { Availability } from '../ports.ts';
import type { QuoteRequest } from '../quote.ts';
import type { ConsignmentCosting, ConsignmentOffer } from './cost-consignments.ts';

/**
 * The result of each serving warehouse alone for the whole basket: by its cheapest lane, by the requested service if
 * there is one. The best plan never costs more than the best of them. Undefined for a basket of more than twelve lines
 * or more than ten such warehouses.
 */
export function scoreWarehouses(
  lines: readonly BasketLine[],
  { warehouses, stock }: { readonly warehouses: readonly Warehouse[]; readonly stock: Availability },
  costing: ConsignmentCosting,
  { destination: { country }, currency, service }: QuoteRequest,
): WarehouseScore[] | undefined {
  const serving = servingWarehouses(warehouses, country);
  // Beyond these limits it would slow the quote noticeably.
  if (lines.length > MAX_EXACT_LINES || serving.length > MAX_EXACT_WAREHOUSES) return undefined;
  const all = lines.map((_line, index) => index);
  return serving.map((warehouse): WarehouseScore => {
    const { warehouseId } = warehouse;
    if (!hasAll(lines, stock, warehouseId)) return { warehouseId, refused: 'not-in-stock' };
    const [best] = costing
      .offers(warehouse, all, all)
      .filter((offer) => service === undefined || offer.service === service)
      .toSorted((a, b) => a.costMinor - b.costMinor || a.latestMs - b.latestMs);
    return best === undefined ? { warehouseId, refused: 'no-lane' } : scoreOf(best, currency);
  });
}

function scoreOf(offer: ConsignmentOffer, currency: QuoteRequest['currency']): WarehouseScore {
  const { warehouse, lane, service, costMinor, latestMs, carbonGrams } = offer;
  return {
    warehouseId: warehouse.warehouseId,
    ...(lane.via === undefined ? {} : { via: lane.via.map(({ to }) => to.warehouseId) }),
    carrier: lane.carrier,
    service,
    cost: { amount: costMinor, currency },
    promisedBy: toInstant(new Date(latestMs)),
    carbonGrams,
  };
}

/** Lines of the same SKU are checked against their sum. */
function hasAll(lines: readonly BasketLine[], stock: Availability, warehouseId: string): boolean {
  return lines.every(({ sku }) => (stock.get(sku)?.get(warehouseId) ?? 0) >= wantedOf(lines, sku));
}
