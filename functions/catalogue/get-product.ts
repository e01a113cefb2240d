import * as z from 'zod';
import { productSchema, productWarnings, storedProductSchema } from '../../shared/catalogue/index.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { versionOf } from '../../shared/kernel/version.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'catalogue/get-product',
  summary: 'A product as it is stored',
  params: z.strictObject({ sku: productSchema.shape.sku }),
  versioned: true,
  answers: {
    200: {
      description: 'The product, with warnings about values that look wrong',
      schema: storedProductSchema,
    },
  },
  problems: [404],
});

export const handler = http(contract, catalogueDeps, async ({ params }, { catalogue }) => {
  const product = await catalogue.product(params.sku);
  if (product === undefined) throw new ProblemError(notFound('product'));
  return {
    status: 200,
    body: { ...product, warnings: productWarnings(product) },
    headers: { etag: versionOf(product) },
  };
});
