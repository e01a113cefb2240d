import { brokers } from '../../customs/brokers/index.ts';
import { exporterAt } from '../../customs/index.ts';
import { createPartners } from '../partners.ts';
import { coreDeps } from './core.ts';
import { networkDeps } from './network.ts';

export const customsPartners = () => createPartners({ kind: 'customs', registry: brokers, ...coreDeps() });

export function customsDeps() {
  const network = networkDeps();
  const partners = customsPartners();
  return {
    ...network,
    brokerByCode: (code: string) => partners.get(code),
    /** The first registered broker files for every regime. */
    brokerFor: (_regime: string) => partners.get(brokers[0].code),
    exporterAt: async (warehouseId: string) =>
      exporterAt(await network.warehouseById(warehouseId), await network.seller()),
  };
}
