import * as z from 'zod';
import { supplierIdSchema } from '../../events/replenishment.ts';
import { otherVersion, ProblemError } from '../../shared/kernel/problem.ts';
import { supplierBodySchema, supplierSchema } from '../../shared/replenishment/purchasing/supplier.ts';
import { supplierSetupDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/put-supplier',
  summary: 'Store a supplier with its products, prices and certificates',
  params: z.strictObject({ supplierId: supplierIdSchema }),
  body: supplierBodySchema,
  versioned: true,
  answers: {
    200: {
      description: 'The supplier as stored, with the secret by which it recognises our orders',
      schema: supplierSchema
        .extend({ signingSecret: z.string().meta({ description: 'Standard Webhooks, symmetric' }) })
        .meta({ id: 'StoredSupplier' }),
    },
  },
  problems: [412],
});

export const handler = http(
  contract,
  supplierSetupDeps,
  async ({ params, body, ifMatch }, { suppliers, signingSecret }) => {
    const supplier = { supplierId: params.supplierId, ...body };
    const etag = await suppliers.put(supplier, ifMatch);
    if (etag === undefined) throw new ProblemError(otherVersion);
    return {
      status: 200,
      body: { ...supplier, signingSecret: await signingSecret(supplier.supplierId) },
      headers: { etag },
    };
  },
);
