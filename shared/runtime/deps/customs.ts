import { brokers } from '../../customs/brokers/index.ts';
import { chooseBroker, exporterAt } from '../../customs/index.ts';
import { createPartners } from '../partners.ts';
import { baseDeps } from './base.ts';
import { networkDeps } from './network.ts';

export const customsPartners = () => createPartners({ kind: 'customs', registry: brokers, ...baseDeps() });

export function customsDeps() {
  const network = networkDeps();
  const partners = customsPartners();
  return {
    ...network,
    brokerByCode: (code: string) => partners.get(code),
    brokerFor: async (regime: string) =>
      chooseBroker(regime, {
        chosen: (await network.catalogue.seller())?.brokers,
        registered: brokers.map(({ code }) => code),
        find: partners.find,
      }),
    exporterAt: async (warehouseId: string) =>
      exporterAt(await network.warehouseById(warehouseId), await network.seller()),
  };
}
