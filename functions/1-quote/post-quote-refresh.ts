import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import {
  refreshedQuoteView,
  refreshedQuoteViewSchema,
  refreshProblem,
  refreshQuote,
} from '../../shared/quote/index.ts';
import { quoteDeps } from '../../shared/runtime/deps/quote.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '1-quote/post-quote-refresh',
  summary: 'Price the basket of an earlier quote again, and say what changed and why',
  params: z.strictObject({ quoteId: idSchema('quote') }),
  query: z.strictObject({
    /** A delivery slot for the new price; if absent, the earlier quote's slot, if it has one. */
    slotId: z.string().min(1).max(80).optional(),
  }),
  answers: {
    201: {
      description: 'A new quote, valid for 30 minutes, with the changes since the earlier one',
      schema: refreshedQuoteViewSchema,
    },
  },
  problems: [404, 422],
});

export const handler = http(contract, quoteDeps, async ({ params, query, caller }, deps) => {
  const { newId, clock } = deps;
  const refreshed = await refreshQuote(
    deps,
    { quoteId: params.quoteId, storefrontId: caller.storefrontId ?? '', ...query },
    { now: toInstant(clock()), newId, takesFreeOrders: caller.takesFreeOrders },
  );
  if (refreshed.ok) return { status: 201, body: refreshedQuoteView(refreshed.value) };
  const { error } = refreshed;
  throw new ProblemError('problems' in error ? refreshProblem(error) : notFound('quote of this storefront'));
});
