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

describe('the network that can be booked', () => {
  it('is the stored one, the very same, where every code is known', () => {
    const network = networkOf(
      warehouse({ lanes: [lane(), lane({ carrier: 'night-rider', service: 'express' })] }),
    );
    expect(bookableNetwork(network, known)).toBe(network);
  });

  it('has no lane of a carrier, or of a service of its, that nobody can book', () => {
    const good = lane();
    const network = networkOf(
      warehouse({ lanes: [lane({ carrier: 'dhl' }), good, lane({ carrier: 'night-rider' })] }),
    );
    expect(bookableNetwork(network, known).warehouses).toMatchObject([{ active: true, lanes: [good] }]);
  });

  it('sends nothing from a warehouse that no system can ask to dispatch', () => {
    const network = networkOf(
      warehouse({ system: 'warehouse', lanes: [lane()] }),
      warehouse({ warehouseId: 'de-leipzig', lanes: [lane()] }),
    );
    expect(bookableNetwork(network, known).warehouses).toMatchObject([{ active: false }, { active: true }]);
  });
});
