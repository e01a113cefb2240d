import { hook } from '../../shared/runtime/hook.ts';
import { warehousePartners } from '../../shared/runtime/worlds/warehouse-partners.ts';

export const handler = hook('warehouse', warehousePartners);
