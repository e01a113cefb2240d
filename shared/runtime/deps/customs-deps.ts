import type { DeclarationParty } from '../../customs/broker.ts';
import { brokers } from '../../customs/brokers/index.ts';
import { once } from '../once.ts';
import { customsPartners } from './customs-partners.ts';
import { networkDeps } from './network-deps.ts';

export const customsDeps = once(() => {
  const network = networkDeps();
  return {
    ...network,
    brokerByCode: (code: string) => customsPartners().get(code),
    /** One broker files everywhere until a deployment registers another. */
    brokerFor: (_regime: string) => customsPartners().get(brokers[0].code),
    async exporterAt(warehouseId: string): Promise<DeclarationParty> {
      const { address } = await network.warehouseById(warehouseId);
      const { name } = await network.seller();
      const { line1, city, postalCode, country } = address;
      return { name, line1, city, postalCode, country };
    },
  };
});
