import { servingWarehouses, transportBy, type Warehouse } from '../../catalogue/index.ts';
import type { Country } from '../../kernel/country.ts';
import type { Transport } from '../../restrictions/index.ts';
import type { Availability } from '../ports.ts';

/**
 * The ways on which the network sends a product to the country: from the warehouses that have some of it. Where none of
 * these sends there, or nobody has any, every way: any of them may have the product tomorrow.
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
