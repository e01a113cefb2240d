import type { PlannedConsignment } from '../../events/landed-cost.ts';
import type { CatalogueStore } from '../catalogue/index.ts';
import { transportBy, type Warehouse, withTiers } from '../catalogue/index.ts';
import { regimeFor } from '../duties/index.ts';
import { crossesCustomsBorder } from '../kernel/country.ts';
import { calendarDateIn } from '../kernel/zoned-time.ts';
import { restrictedLines, type Transport } from '../restrictions/index.ts';
import type { ScreenOrderDeps } from './screen-order.ts';

type ReadsCatalogue = Pick<CatalogueStore, 'productsBySku' | 'network' | 'seller'>;

/**
 * Checks the restrictions of an order's goods again, with products, lanes and registrations as they are now. With
 * `papers`, a document that is missing or has expired counts too.
 */
export function createRestrictedGoods(
  catalogue: ReadsCatalogue,
  { papers }: { readonly papers: boolean },
): ScreenOrderDeps['restrictedGoods'] {
  return async ({ landedCost, shippingAddress, now }) => {
    const { consignments } = landedCost;
    const skus = [...new Set(consignments.flatMap(({ lines }) => lines.map(({ sku }) => sku)))];
    const [products, { warehouses }, seller] = await Promise.all([
      catalogue.productsBySku(skus),
      catalogue.network(),
      catalogue.seller(),
    ]);
    const { country, region, postalCode } = shippingAddress;
    const network = withTiers(warehouses);
    const restricted = restrictedLines({
      landedCost,
      destination: { country, region, postalCode },
      date: calendarDateIn(regimeFor(country)?.timeZone ?? 'UTC', now),
      seller,
      productOf: (sku) => products.find((product) => product.sku === sku),
      waysOf: (consignment) => waysOf(consignment, network, country),
    });
    return restricted.filter(({ action }) => papers || action !== 'needs-document');
  };
}

/**
 * The lanes that the consignment may take: those of its carrier and service. If none is left, goods that cross a
 * customs border are assumed to fly, because carriers choose the mode, not we.
 */
function waysOf(
  { warehouseId, via, carrier, service, shipFrom }: PlannedConsignment,
  warehouses: readonly Warehouse[],
  country: string,
): Transport[] {
  const warehouse = warehouses.find((candidate) => candidate.warehouseId === warehouseId);
  const lanes = warehouse?.lanes.filter(
    (lane) =>
      lane.carrier === carrier &&
      lane.service === service &&
      lane.countries.includes(country) &&
      lane.via?.at(-1)?.to.warehouseId === via?.at(-1),
  );
  if (warehouse !== undefined && lanes !== undefined && lanes.length > 0)
    return lanes.map((lane) => transportBy(lane, warehouse));
  return crossesCustomsBorder(shipFrom, country)
    ? [{ shipFrom, modes: ['air'], channel: 'courier', services: warehouse?.services ?? [] }]
    : [];
}
