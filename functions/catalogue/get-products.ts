import * as z from 'zod';
import { listedProductSchema } from '../../shared/catalogue/index.ts';
import { cursorAt, placeIn } from '../../shared/kernel/cursor.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

/** HS code and SKU. */
const PLACE = /^\d{6}#.{1,200}$/;

export const contract = defineContract({
  id: 'catalogue/get-products',
  summary: 'Products, by HS code and SKU',
  query: z.strictObject({
    /** The beginning of their HS code: a chapter, a heading or a subheading. */
    hsCode: z
      .string()
      .regex(/^\d{1,6}$/, 'up to six digits')
      .optional(),
    limit: wholeNumberSchema(1, 100).default(50),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of products; `cursor` leads to the next',
      schema: z
        .strictObject({ products: z.array(listedProductSchema), cursor: z.string().optional() })
        .meta({ id: 'ProductPage' }),
    },
  },
  problems: [422],
});

export const handler = http(contract, catalogueDeps, async ({ query }, { catalogue }) => {
  const { hsCode, limit } = query;
  const after = query.cursor === undefined ? undefined : placeIn(query.cursor, PLACE);
  if (query.cursor !== undefined && after === undefined)
    throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  const { products, cursor } = await catalogue.productPage({ limit, hsCode, cursor: after });
  return {
    status: 200,
    body: {
      products: products.map((product) => listedProductSchema.parse(product)),
      ...defined({ cursor: cursor === undefined ? undefined : cursorAt(cursor) }),
    },
  };
});
