import { describe, expect, it } from 'vitest';
import { bookableNetwork, type KnownPartners } from '../../../shared/catalogue/index.ts';
import { lane, warehouse } from '../../builders/network.ts';

const known: KnownPartners = {
  carriers: [
    { code: 'easypost', services: ['economy', 'standard', 'express'] },
    { code: 'night-rider', services: ['express'] },
  ],
  warehouseSystems: ['wms'],
};

const networkOf = (...warehouses: ReturnType<typeof warehouse>[]) => ({ warehouses, carriers: [] });

describe('the network without unknown partners', () => {
  it('is the same object as the stored network if every code is known', () => {
    const network = networkOf(
      warehouse({ lanes: [lane(), lane({ carrier: 'night-rider', service: 'express' })] }),
    );
    expect(bookableNetwork(network, known)).toBe(network);
  });

  it('has no lane of an unknown carrier or an unknown service', () => {
    const good = lane();
    const network = networkOf(
      warehouse({ lanes: [lane({ carrier: 'dhl' }), good, lane({ carrier: 'night-rider' })] }),
    );
    expect(bookableNetwork(network, known).warehouses).toMatchObject([{ active: true, lanes: [good] }]);
  });

  it('has no lane out of a warehouse whose warehouse system is unknown', () => {
    const network = networkOf(
      warehouse({ system: 'warehouse', lanes: [lane()] }),
      warehouse({ warehouseId: 'de-leipzig', lanes: [lane()] }),
    );
    expect(bookableNetwork(network, known).warehouses).toMatchObject([{ active: false }, { active: true }]);
  });
});
