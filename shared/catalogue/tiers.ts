import type { Lane, Transfer } from '../freight/index.ts';
import { crossesCustomsBorder } from '../kernel/country.ts';
import { specialTerritory } from '../kernel/places/territory.ts';
import type { Transport } from '../restrictions/index.ts';
import { transportOf } from '../restrictions/index.ts';
import { serves, type Warehouse } from './warehouse.ts';

/**
 * The network as plans see it: every warehouse with its own lanes, and with the lanes of the warehouses below it, which
 * line-haul brings its parcels to. A chain of parents is followed as long as all of it is active and within one customs
 * territory. Across a border, goods are imported as stock; that is replenishment and not part of an order.
 */
export function withTiers(network: readonly Warehouse[]): Warehouse[] {
  const below = new Map<string, Lane[]>();
  for (const warehouse of network) {
    if (!warehouse.active) continue;
    const served = warehouse.lanes.flatMap((lane): Lane[] => {
      const countries = lane.countries.filter((country) => serves(warehouse, country));
      return countries.length === 0 ? [] : [{ ...lane, countries }];
    });
    for (const { above, via } of chainsTo(warehouse, network))
      below.set(above, [...(below.get(above) ?? []), ...served.map((lane) => ({ ...lane, via }))]);
  }
  return network.map((warehouse) => {
    const lanes = below.get(warehouse.warehouseId);
    return lanes === undefined ? warehouse : { ...warehouse, lanes: [...warehouse.lanes, ...lanes] };
  });
}

interface Chain {
  readonly above: string;
  /** The transfers from there down. */
  readonly via: readonly Transfer[];
}

/** The paths to a warehouse from each one above it, the nearest first. */
function chainsTo(warehouse: Warehouse, network: readonly Warehouse[]): Chain[] {
  const chains: Chain[] = [];
  const passed = new Set([warehouse.warehouseId]);
  let via: readonly Transfer[] = [];
  let to = warehouse;
  while (to.parent !== undefined) {
    const { warehouseId, ...parent } = to.parent;
    const from = network.find((each) => each.warehouseId === warehouseId);
    // Two warehouses that were stored at the same moment can each name the other as parent.
    if (from === undefined || !from.active || passed.has(warehouseId)) break;
    if (!areInOneTerritory(from, to)) break;
    via = [{ fromWarehouseId: warehouseId, to, ...parent }, ...via];
    chains.push({ above: warehouseId, via });
    passed.add(warehouseId);
    to = from;
  }
  return chains;
}

/** Whether goods move between the two without a declaration. */
function areInOneTerritory({ address: a }: Warehouse, { address: b }: Warehouse): boolean {
  return !crossesCustomsBorder(a.country, b.country) && specialTerritory(a) === specialTerritory(b);
}

/** A lane as a means of transport. If goods need a service, every warehouse on their path must offer it. */
export function transportBy(lane: Lane, warehouse: Warehouse): Transport {
  const { via } = lane;
  if (via === undefined) return transportOf(lane, warehouse);
  const passed = via.map(({ to }) => to.services ?? []);
  const services = warehouse.services.filter((service) => passed.every((each) => each.includes(service)));
  const way = transportOf(lane, { ...warehouse, services });
  return { ...way, modes: [...new Set([...via.map(({ mode }) => mode), ...way.modes])] };
}
