import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { disputeIdSchema, makeEvidence } from '../../shared/payment/evidence/index.ts';
import { printDeps } from '../../shared/runtime/deps/evidence.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '3-payment/get-dispute-evidence',
  summary: 'The evidence for a dispute, as a PDF',
  params: z.strictObject({ orderId: idSchema('order'), disputeId: disputeIdSchema }),
  answers: {
    200: {
      description: 'The document. It has the name and the address of the shopper until they are erased',
      pdf: true,
    },
  },
  problems: [404],
});

export const handler = http(contract, printDeps, async ({ params }, deps) => {
  const evidence = await makeEvidence(deps, params.orderId, params.disputeId);
  if (evidence === undefined) throw new ProblemError(notFound('dispute of the order'));
  const { name, bytes, sha256 } = evidence.document;
  return {
    status: 200,
    bytes,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}"`,
      etag: `"${sha256}"`,
    },
  };
});
