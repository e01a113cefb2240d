import * as z from 'zod';
import { skuSchema } from '../../events/landed-cost.ts';
import { importProducts, productsToImportSchema, warningSchema } from '../../shared/catalogue/index.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const count = z.int().min(0);

const changeSchema = z
  .strictObject({
    sku: skuSchema,
    change: z.enum(['added', 'changed']),
    fields: z.array(
      z.strictObject({ field: z.string(), before: z.string().optional(), after: z.string().optional() }),
    ),
  })
  .meta({ id: 'ProductChange', description: 'What an import does to one product; values are JSON' });

export const contract = defineContract({
  id: 'catalogue/post-products-import',
  summary: 'Import products: all of a request or none; the same import again changes nothing',
  body: z
    .strictObject({
      /** Reports what would change and stores nothing. */
      dryRun: z.boolean().default(false),
      products: productsToImportSchema,
    })
    .meta({ id: 'ProductImport' }),
  answers: {
    200: {
      description: 'The changes, and warnings about values that look wrong',
      schema: z
        .strictObject({
          stored: z.boolean(),
          added: count,
          changed: count,
          unchanged: count,
          changes: z.array(changeSchema),
          warnings: z.array(warningSchema),
        })
        .meta({ id: 'ProductImportResult' }),
    },
  },
});

export const handler = http(contract, catalogueDeps, async ({ body }, { catalogue }) => {
  const { dryRun, products } = body;
  const outcome = await importProducts(catalogue, products, { dryRun });
  return { status: 200, body: { stored: !dryRun && outcome.changes.length > 0, ...outcome } };
});
