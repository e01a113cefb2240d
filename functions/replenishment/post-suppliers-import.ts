import * as z from 'zod';
import {
  importSuppliers,
  supplierImportSchema,
} from '../../shared/replenishment/purchasing/import-suppliers.ts';
import { supplierDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const count = z.int().min(0);

export const contract = defineContract({
  id: 'replenishment/post-suppliers-import',
  summary: 'Store and retire suppliers: all of a request or none; a repeat changes nothing',
  body: supplierImportSchema,
  answers: {
    200: {
      description: 'What changed, or would change',
      schema: z
        .strictObject({
          stored: z.boolean(),
          ...{ added: count, changed: count, unchanged: count, retired: count },
          unknown: z.array(z.string()).meta({ description: 'Codes to retire that are not stored' }),
        })
        .meta({ id: 'SupplierImportResult' }),
    },
  },
  problems: [503],
});

export const handler = http(contract, supplierDeps, async ({ body }, { suppliers }) => {
  const changes = await importSuppliers(suppliers, body);
  const stored = !body.dryRun && changes.added + changes.changed + changes.retired > 0;
  return { status: 200, body: { stored, ...changes, unknown: [...changes.unknown] } };
});
