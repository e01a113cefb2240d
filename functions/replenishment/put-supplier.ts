import * as z from 'zod';
import { supplierIdSchema } from '../../events/replenishment.ts';
import { supplierBodySchema, supplierSchema } from '../../shared/replenishment/purchasing/supplier.ts';
import { supplierSetupDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/put-supplier',
  summary: 'Store a supplier with its products, prices and certificates',
  params: z.strictObject({ supplierId: supplierIdSchema }),
  body: supplierBodySchema,
  answers: {
    200: {
      description: 'The supplier as stored, with the secret by which it recognises our orders',
      schema: supplierSchema
        .extend({ signingSecret: z.string().meta({ description: 'Standard Webhooks, symmetric' }) })
        .meta({ id: 'StoredSupplier' }),
    },
  },
});

export const handler = http(
  contract,
  supplierSetupDeps,
  async ({ params, body }, { suppliers, signingSecret }) => {
    const supplier = { supplierId: params.supplierId, ...body };
    await suppliers.put(supplier);
    return {
      status: 200,
      body: { ...supplier, signingSecret: await signingSecret(supplier.supplierId) },
    };
  },
);
