import * as z from 'zod';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { listProposals, proposedOrderSchema } from '../../shared/replenishment/run/list-proposals.ts';
import { replenishmentOrderDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-proposals',
  summary: 'Orders that wait for an approval, with the reason of every figure, newest first',
  query: z.strictObject({
    limit: wholeNumberSchema(1, 50).default(20),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of proposed orders; it may be short, and `cursor` leads to the next',
      schema: z
        .strictObject({ proposals: z.array(proposedOrderSchema), cursor: z.string().optional() })
        .meta({ id: 'ProposedOrderPage' }),
    },
  },
});

export const handler = http(contract, replenishmentOrderDeps, async ({ query }, { orders }) => {
  const page = await listProposals(orders, query);
  if (page === undefined) throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  return { status: 200, body: { proposals: page.proposals, ...defined({ cursor: page.cursor }) } };
});
