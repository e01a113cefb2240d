import type { Network } from './ports.ts';
import type { Warehouse } from './warehouse.ts';

/** A carrier that the backend can book with, and the services of lanes that it can be booked by. */
export interface KnownCarrier {
  readonly code: string;
  readonly services: readonly string[];
}

/** The partners that a warehouse, a lane and a delivery zone can name: those that the backend has an adapter for. */
export interface KnownPartners {
  readonly carriers: readonly KnownCarrier[];
  /** Codes of the systems that take dispatch orders. */
  readonly warehouseSystems: readonly string[];
}

/**
 * The network as far as its parcels can be booked and dispatched. A lane whose carrier or service is not known is left
 * out, and a warehouse whose system is not known takes part in nothing: either may have been stored before its code was
 * checked, or before an adapter was taken away.
 */
export function bookableNetwork(network: Network, known: KnownPartners): Network {
  const { warehouses } = network;
  if (warehouses.every((warehouse) => isBookable(warehouse, known))) return network;
  return {
    ...network,
    warehouses: warehouses.map((warehouse) => ({
      ...warehouse,
      active: warehouse.active && hasKnownSystem(warehouse, known),
      lanes: warehouse.lanes.filter((lane) => isBookableLane(lane, known)),
    })),
  };
}

const hasKnownSystem = (
  { system }: Pick<Warehouse, 'system'>,
  { warehouseSystems }: KnownPartners,
): boolean => warehouseSystems.includes(system);

const isBookableLane = (
  { carrier, service }: Warehouse['lanes'][number],
  { carriers }: KnownPartners,
): boolean => carriers.some(({ code, services }) => code === carrier && services.includes(service));

const isBookable = (warehouse: Warehouse, known: KnownPartners): boolean =>
  hasKnownSystem(warehouse, known) && warehouse.lanes.every((lane) => isBookableLane(lane, known));
