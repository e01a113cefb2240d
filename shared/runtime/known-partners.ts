import type { KnownPartners } from '../catalogue/index.ts';
import { carriers } from '../shipping/carriers/index.ts';
import { warehouseSystems } from '../warehouse/systems/index.ts';

/** The partners that the backend has an adapter for. Whether one has settings in a deployment is not known here. */
export const knownPartners: KnownPartners = {
  carriers: carriers.map(({ code, services }) => ({ code, services })),
  warehouseSystems: warehouseSystems.map(({ code }) => code),
};
