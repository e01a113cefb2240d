import type { Warehouse } from '../../catalogue/index.ts';
import type { Workload } from '../ports.ts';

/** The network with the full days of its warehouses: days whose capacity is used up. */
export function withFullDays(
  network: readonly Warehouse[],
  workload: Workload = new Map(),
): readonly Warehouse[] {
  return network.map((warehouse) => {
    const { warehouseId, capacity } = warehouse;
    if (capacity === undefined) return warehouse;
    const days = [...(workload.get(warehouseId) ?? [])];
    const fullDays = days.filter(([, parcels]) => parcels >= capacity.ordersPerDay).map(([day]) => day);
    return fullDays.length === 0 ? warehouse : { ...warehouse, fullDays };
  });
}
