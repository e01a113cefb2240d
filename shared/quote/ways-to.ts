import { servingWarehouses, transportBy, type Warehouse } from '../catalogue/index.ts';
import type { Country } from '../kernel/country.ts';
import type { Transport } from '../restrictions/index.ts';

/** Every way on which the network sends anything to the country. */
export function waysTo(country: Country, warehouses: readonly Warehouse[]): Transport[] {
  return servingWarehouses(warehouses, country).flatMap((warehouse) =>
    warehouse.lanes
      .filter((lane) => lane.countries.includes(country))
      .map((lane) => transportBy(lane, warehouse)),
  );
}
