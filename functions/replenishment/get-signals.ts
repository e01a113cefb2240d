import * as z from 'zod';
import { defined } from '../../shared/kernel/defined.ts';
import { ProblemError, unknownCursor } from '../../shared/kernel/problem.ts';
import { wholeNumberSchema } from '../../shared/kernel/whole-number.ts';
import { storedSignalSchema } from '../../shared/replenishment/signals/given-signal.ts';
import { signalDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-signals',
  summary: 'Signals of demand, in the order of their codes',
  query: z.strictObject({
    limit: wholeNumberSchema(1, 100).default(50),
    cursor: z.string().max(1000).optional(),
  }),
  answers: {
    200: {
      description: 'A page of signals; `cursor` leads to the next',
      schema: z
        .strictObject({ signals: z.array(storedSignalSchema), cursor: z.string().optional() })
        .meta({ id: 'SignalPage' }),
    },
  },
});

export const handler = http(contract, signalDeps, async ({ query }, { signals }) => {
  const page = await signals.page(query.limit, query.cursor);
  if (page === undefined) throw new ProblemError(unknownCursor('take the cursor from an earlier answer'));
  return { status: 200, body: { signals: [...page.items], ...defined({ cursor: page.cursor }) } };
});
