import * as z from 'zod';
import { supplierIdSchema } from '../../events/replenishment.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { versionOf } from '../../shared/kernel/version.ts';
import {
  deliveryOutcomeSchema,
  scorecardSchema,
  scoreSupplier,
} from '../../shared/replenishment/purchasing/scorecard.ts';
import { missingCertificates, supplierSchema } from '../../shared/replenishment/purchasing/supplier.ts';
import { supplierDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-supplier',
  summary: 'A supplier with its score and the reasons of it',
  params: z.strictObject({ supplierId: supplierIdSchema }),
  versioned: true,
  answers: {
    200: {
      description: 'The supplier; the score is of its last deliveries, without the price',
      schema: supplierSchema
        .extend({
          scorecard: scorecardSchema,
          /** Required certificates that are missing, or have expired today; UTC. */
          missingCertificates: z.array(z.string()),
          /** The last deliveries, newest first. */
          deliveries: z.array(deliveryOutcomeSchema),
        })
        .meta({ id: 'SupplierWithScore' }),
    },
  },
  problems: [404],
});

export const handler = http(contract, supplierDeps, async ({ params }, { suppliers, clock }) => {
  const [supplier, deliveries] = await Promise.all([
    suppliers.find(params.supplierId),
    suppliers.outcomesOf(params.supplierId),
  ]);
  if (supplier === undefined) throw new ProblemError(notFound('supplier'));
  return {
    status: 200,
    body: {
      ...supplier,
      scorecard: scoreSupplier(deliveries),
      missingCertificates: missingCertificates(supplier, toInstant(clock()).slice(0, 10)),
      deliveries,
    },
    headers: { etag: versionOf(supplier) },
  };
});
