import type { Network } from './ports.ts';
import type { Warehouse } from './warehouse.ts';

/** A carrier that the backend can book with, and the services that its lanes may name. */
interface KnownCarrier {
  readonly code: string;
  readonly services: readonly string[];
}

/** The partners that a warehouse, a lane or a delivery zone can name: those with an adapter in the backend. */
export interface KnownPartners {
  readonly carriers: readonly KnownCarrier[];
  /** Codes of the warehouse systems that accept dispatch orders. */
  readonly warehouseSystems: readonly string[];
}

/**
 * The part of the network whose parcels can be booked and dispatched. A lane with an unknown carrier or service is left
 * out, and so is a warehouse with an unknown system. Either may have been stored before its code was checked, or before
 * an adapter was removed.
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
