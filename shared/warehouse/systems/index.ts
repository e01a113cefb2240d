import type { WarehouseSystem } from '../warehouse-system.ts';
import { wms } from './wms/adapter.ts';

/** The registry: to add a warehouse system, write its folder and name it here. */
export const warehouseSystems = [wms] as const satisfies readonly WarehouseSystem[];
