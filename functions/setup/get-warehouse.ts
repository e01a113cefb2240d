import * as z from 'zod';
import { warehouseSchema } from '../../shared/catalogue/index.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { versionOf } from '../../shared/kernel/version.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'setup/get-warehouse',
  summary: 'A warehouse with its calendar, boxes, lanes and rate cards',
  params: z.strictObject({ warehouseId: warehouseSchema.shape.warehouseId }),
  versioned: true,
  answers: { 200: { description: 'The warehouse as it is stored', schema: warehouseSchema } },
  problems: [404],
});

export const handler = http(contract, catalogueDeps, async ({ params }, { catalogue }) => {
  const warehouse = await catalogue.warehouse(params.warehouseId);
  if (warehouse === undefined) throw new ProblemError(notFound('warehouse'));
  return { status: 200, body: warehouse, headers: { etag: versionOf(warehouse) } };
});
