import type { WarehouseSystem } from '../warehouse-system.ts';
import { wms } from './wms/adapter.ts';

/** The registry of warehouse systems. To add a system, write its folder and add its adapter to this list. */
export const warehouseSystems = [wms] as const satisfies readonly WarehouseSystem[];
