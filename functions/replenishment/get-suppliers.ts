import * as z from 'zod';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { supplierSchema } from '../../shared/replenishment/purchasing/supplier.ts';
import { supplierDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-suppliers',
  summary: 'Suppliers, in the order of their codes',
  query: z.strictObject({
    limit: wholeNumberSchema(1, 50).default(20),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of suppliers; `cursor` leads to the next',
      schema: z
        .strictObject({ suppliers: z.array(supplierSchema), cursor: z.string().optional() })
        .meta({ id: 'SupplierPage' }),
    },
  },
});

export const handler = http(contract, supplierDeps, async ({ query }, { suppliers }) => {
  const page = await suppliers.page(query.limit, query.cursor);
  if (page === undefined) throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  return { status: 200, body: { suppliers: page.items, ...defined({ cursor: page.cursor }) } };
});
