import { warehouseSystems } from '../../warehouse/systems/index.ts';
import { createPartners } from '../partners.ts';
import { baseDeps } from './base.ts';
import { networkDeps } from './network.ts';

export const warehousePartners = () =>
  createPartners({ kind: 'warehouse', registry: warehouseSystems, ...baseDeps() });

export function warehouseDeps() {
  const partners = warehousePartners();
  return { ...networkDeps(), systemByCode: (code: string) => partners.get(code) };
}
