import * as z from 'zod';
import { warehouseSchema } from '../../shared/quote/index.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { catalogueWorld } from '../../shared/runtime/worlds/catalogue-world.ts';

export const contract = defineContract({
  id: 'catalogue/put-warehouse',
  summary: 'Store a warehouse with its calendar and lanes',
  params: z.strictObject({ warehouseId: warehouseSchema.shape.warehouseId }),
  body: warehouseSchema.omit({ warehouseId: true }),
  answers: { 200: { description: 'The warehouse as stored', schema: warehouseSchema } },
});

export const handler = http(contract, catalogueWorld, async ({ params, body }, { catalogue }) => {
  const warehouse = { ...body, warehouseId: params.warehouseId };
  await catalogue.putWarehouse(warehouse);
  return { status: 200, body: warehouse };
});
