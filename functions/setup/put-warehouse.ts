import * as z from 'zod';
import { parentProblems, warehouseBodySchema, warehouseSchema } from '../../shared/catalogue/index.ts';
import { invalid, otherVersion, ProblemError } from '../../shared/kernel/problem.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { knownPartners } from '../../shared/runtime/known-partners.ts';

export const contract = defineContract({
  id: 'setup/put-warehouse',
  summary: 'Store a warehouse with its calendar, boxes and lanes',
  params: z.strictObject({ warehouseId: warehouseSchema.shape.warehouseId }),
  body: warehouseBodySchema(knownPartners),
  versioned: true,
  answers: {
    200: {
      description: 'The warehouse as stored',
      schema: warehouseSchema
        .extend({
          /** For a warehouse that is not active: the orders that still wait for it, list by list. */
          openOrders: z.array(z.string()).optional(),
        })
        .meta({ id: 'StoredWarehouse' }),
    },
  },
  problems: [412],
});

export const handler = http(contract, catalogueDeps, async ({ params, body, ifMatch }, { catalogue }) => {
  const warehouse = { ...body, warehouseId: params.warehouseId };
  const network = body.parent === undefined ? [] : (await catalogue.network()).warehouses;
  const problems = parentProblems(params.warehouseId, body.parent, network);
  if (problems.length > 0)
    throw new ProblemError(
      invalid(
        problems.map(({ path, message }) => ({
          pointer: `/${path.join('/')}`,
          code: 'custom',
          detail: message,
        })),
      ),
    );
  const etag = await catalogue.putWarehouse(warehouse, ifMatch);
  if (etag === undefined) throw new ProblemError(otherVersion);
  if (warehouse.active) return { status: 200, body: warehouse, headers: { etag } };
  const openOrders = ['open', 'attention'].map(
    (status) => `/v1/admin/orders?status=${status}&warehouse=${warehouse.warehouseId}`,
  );
  return { status: 200, body: { ...warehouse, openOrders }, headers: { etag } };
});
