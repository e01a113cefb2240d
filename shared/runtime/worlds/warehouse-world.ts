import { once } from '../once.ts';
import { networkWorld } from './network-world.ts';
import { warehousePartners } from './warehouse-partners.ts';

export const warehouseWorld = once(() => ({
  ...networkWorld(),
  systemByCode: (code: string) => warehousePartners().get(code),
}));
