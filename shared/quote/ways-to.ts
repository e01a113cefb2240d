import { type Transport, transportOf } from '../customs/index.ts';
import type { Country } from '../kernel/country.ts';
import type { Warehouse } from './network.ts';

/** Every way on which the network sends anything to the country. */
export function waysTo(country: Country, warehouses: readonly Warehouse[]): Transport[] {
  return warehouses
    .filter(({ active }) => active)
    .flatMap((warehouse) =>
      warehouse.lanes
        .filter((lane) => lane.countries.includes(country))
        .map((lane) => transportOf(lane, warehouse)),
    );
}
