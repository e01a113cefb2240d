import { carriers } from '../../shipping/carriers/index.ts';
import { createParcelSizes } from '../../shipping/index.ts';
import { createPartners } from '../partners.ts';
import { baseDeps } from './base.ts';
import { networkDeps } from './network.ts';

export const carrierPartners = () => createPartners({ kind: 'carrier', registry: carriers, ...baseDeps() });

export function shippingDeps() {
  const network = networkDeps();
  const partners = carrierPartners();
  return {
    ...network,
    carrierByCode: (code: string) => partners.get(code),
    registrations: () => network.catalogue.seller(),
    parcelSize: createParcelSizes(network.catalogue),
  };
}
