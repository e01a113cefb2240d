import * as z from 'zod';
import type { WarehouseSystem } from '../warehouse-system.ts';
import { wms } from './wms/adapter.ts';

/** The registry: to add a warehouse system, write its file and name it here. */
export const warehouseSystems = [wms] as const satisfies readonly WarehouseSystem[];

export type WarehouseSystemCode = (typeof warehouseSystems)[number]['code'];

export const warehouseSystemCodeSchema = z.literal(warehouseSystems.map(({ code }) => code));

/** The system of that code, or undefined when nobody registered it. */
export function warehouseSystemByCode(code: string): WarehouseSystem | undefined {
  return warehouseSystems.find((system) => system.code === code);
}
