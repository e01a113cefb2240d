import type { KnownPartners } from '../catalogue/index.ts';
import { carriers } from '../shipping/carriers/index.ts';
import { warehouseSystems } from '../warehouse/systems/index.ts';

/** The partners with an adapter in the backend. A deployment may have no settings for some of them. */
export const knownPartners: KnownPartners = {
  carriers: carriers.map(({ code, services }) => ({ code, services })),
  warehouseSystems: warehouseSystems.map(({ code }) => code),
};
