import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import {
  disputeIdSchema,
  evidenceProblem,
  submissionCause,
  submissionSchema,
  submitEvidence,
} from '../../shared/payment/evidence/index.ts';
import { evidenceDeps } from '../../shared/runtime/deps/evidence.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '3-payment/post-dispute-evidence',
  summary: 'Submit the evidence for a dispute, or record that a person has submitted it',
  params: z.strictObject({ orderId: idSchema('order'), disputeId: disputeIdSchema }),
  idempotent: true,
  body: submissionSchema.meta({ id: 'EvidenceSubmission' }),
  answers: {
    202: {
      description: 'The evidence is submitted, or was. The provider reports later what became of the dispute',
      schema: z
        .strictObject({
          orderId: z.string(),
          disputeId: z.string(),
          outcome: z.enum(['submitted', 'recorded', 'no-change']),
        })
        .meta({ id: 'EvidenceSubmitted' }),
    },
  },
  problems: [404, 409, 422],
});

export const handler = http(
  contract,
  evidenceDeps,
  async ({ params, body, caller, idempotencyKey }, deps) => {
    const { orderId, disputeId } = params;
    const submission = { disputeId, ...body };
    const cause = submissionCause(submission, {
      operator: caller.subject ?? 'operator',
      key: idempotencyKey,
    });
    const submitted = await submitEvidence(deps, orderId, submission, cause);
    if (!submitted.ok) throw new ProblemError(evidenceProblem(submitted.error));
    return { status: 202, body: { orderId, disputeId, outcome: submitted.value } };
  },
);
