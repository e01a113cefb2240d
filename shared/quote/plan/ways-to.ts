import { servingWarehouses, transportBy, type Warehouse } from '../../catalogue/index.ts';
import type { Country } from '../../kernel/country.ts';
import type { Transport } from '../../restrictions/index.ts';
import type { Availability } from '../ports.ts';

/**
 * The network's ways for a product to the country, from the warehouses that have stock of it. If none of them sends
 * there, or there is no stock, every way: any warehouse may have the product tomorrow.
 */
export function waysOfGoods(
  country: Country,
  warehouses: readonly Warehouse[],
  stock: Availability,
): (sku: string) => readonly Transport[] {
  const ways = servingWarehouses(warehouses, country).flatMap((warehouse) =>
    warehouse.lanes
      .filter((lane) => lane.countries.includes(country))
      .map((lane) => ({ warehouseId: warehouse.warehouseId, transport: transportBy(lane, warehouse) })),
  );
  const all = ways.map(({ transport }) => transport);
  return (sku) => {
    const units = stock.get(sku);
    const own = ways.filter(({ warehouseId }) => (units?.get(warehouseId) ?? 0) > 0);
    return own.length === 0 ? all : own.map(({ transport }) => transport);
  };
}
