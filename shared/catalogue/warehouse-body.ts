import * as z from 'zod';
import { laneSchema } from '../freight/index.ts';
import { warehouseSchema } from './warehouse.ts';
import { warehouseProblems } from './warehouse-problems.ts';

/** A warehouse as it is sent to be stored: today's form alone, and what its fields must be together. */
export const warehouseBodySchema = z
  .strictObject({ ...warehouseSchema.omit({ warehouseId: true }).shape, lanes: z.array(laneSchema).max(100) })
  .superRefine((warehouse, { addIssue }) => {
    for (const { path, message } of warehouseProblems(warehouse))
      addIssue({ code: 'custom', path: [...path], message });
  })
  .meta({ id: 'WarehouseToStore' });
