import { once } from '../once.ts';
import { networkDeps } from './network-deps.ts';
import { warehousePartners } from './warehouse-partners.ts';

export const warehouseDeps = once(() => ({
  ...networkDeps(),
  systemByCode: (code: string) => warehousePartners().get(code),
}));
