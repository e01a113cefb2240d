import * as z from 'zod';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { supplyRiskSchema } from '../../shared/replenishment/inbound/supply-risks.ts';
import { listProposals, proposedOrderSchema } from '../../shared/replenishment/run/list-proposals.ts';
import { replenishmentOrderDeps, riskDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-proposals',
  summary: 'Orders that wait for an approval, newest first, and cheaper ways to markets, with their reasons',
  query: z.strictObject({
    limit: wholeNumberSchema(1, 50).default(20),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of proposed orders; it may be short, and `cursor` leads to the next',
      schema: z
        .strictObject({
          proposals: z.array(proposedOrderSchema),
          /** Cheaper ways to markets that are open now: on the first page alone. */
          switches: z.array(supplyRiskSchema),
          cursor: z.string().optional(),
        })
        .meta({ id: 'ProposedOrderPage' }),
    },
  },
});

const allDeps = () => ({ ...replenishmentOrderDeps(), ...riskDeps() });

export const handler = http(contract, allDeps, async ({ query }, { orders, risks }) => {
  const page = await listProposals(orders, query);
  if (page === undefined) throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  const open = query.cursor === undefined ? await risks.open() : [];
  const switches = open.filter(({ kind }) => kind === 'channel-switch');
  return { status: 200, body: { proposals: page.proposals, switches, ...defined({ cursor: page.cursor }) } };
});
