import type { DeclarationParty } from '../../customs/broker.ts';
import { brokers } from '../../customs/brokers/index.ts';
import { chooseBroker } from '../../customs/index.ts';
import { once } from '../once.ts';
import { customsPartners } from './customs-partners.ts';
import { networkDeps } from './network-deps.ts';

export const customsDeps = once(() => {
  const network = networkDeps();
  return {
    ...network,
    brokerByCode: (code: string) => customsPartners().get(code),
    brokerFor: async (regime: string) =>
      chooseBroker(regime, {
        chosen: (await network.catalogue.seller())?.brokers,
        registered: brokers.map(({ code }) => code),
        find: (code) => customsPartners().find(code),
      }),
    async exporterAt(warehouseId: string): Promise<DeclarationParty> {
      const { address } = await network.warehouseById(warehouseId);
      const { name } = await network.seller();
      const { line1, city, postalCode, country } = address;
      return { name, line1, city, postalCode, country };
    },
  };
});
