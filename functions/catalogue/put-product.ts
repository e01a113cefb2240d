import * as z from 'zod';
import {
  productBodySchema,
  productSchema,
  productWarnings,
  warningSchema,
} from '../../shared/catalogue/index.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'catalogue/put-product',
  summary: 'Store a product',
  params: z.strictObject({ sku: productSchema.shape.sku }),
  body: productBodySchema,
  answers: {
    200: {
      description: 'The product as stored, with warnings about values that look wrong',
      schema: productSchema.extend({ warnings: z.array(warningSchema) }).meta({ id: 'StoredProduct' }),
    },
  },
});

export const handler = http(contract, catalogueDeps, async ({ params, body }, { catalogue }) => {
  const product = { ...body, sku: params.sku };
  await catalogue.putProduct(product);
  return { status: 200, body: { ...product, warnings: productWarnings(product) } };
});
