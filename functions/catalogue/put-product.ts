import * as z from 'zod';
import {
  productBodySchema,
  productSchema,
  productWarnings,
  storedProductSchema,
} from '../../shared/catalogue/index.ts';
import { otherVersion, ProblemError } from '../../shared/kernel/problem.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'catalogue/put-product',
  summary: 'Store a product',
  params: z.strictObject({ sku: productSchema.shape.sku }),
  body: productBodySchema,
  versioned: true,
  answers: {
    200: {
      description: 'The product as stored, with warnings about values that look wrong',
      schema: storedProductSchema,
    },
  },
  problems: [412],
});

export const handler = http(contract, catalogueDeps, async ({ params, body, ifMatch }, { catalogue }) => {
  const product = { ...body, sku: params.sku };
  const etag = await catalogue.putProduct(product, ifMatch);
  if (etag === undefined) throw new ProblemError(otherVersion);
  return {
    status: 200,
    body: { ...product, warnings: productWarnings(product) },
    headers: { etag },
  };
});
