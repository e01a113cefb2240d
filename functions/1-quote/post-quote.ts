import { ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import {
  makeQuote,
  quoteProblem,
  quoteRequestSchema,
  quoteView,
  quoteViewSchema,
} from '../../shared/quote/index.ts';
import { quoteDeps } from '../../shared/runtime/deps/quote.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: '1-quote/post-quote',
  summary: 'Price a basket to a destination, duty and tax included',
  body: quoteRequestSchema,
  answers: {
    201: {
      description: 'The landed cost with the rule behind each figure, valid for 30 minutes',
      schema: quoteViewSchema,
    },
  },
  problems: [422],
});

export const handler = http(contract, quoteDeps, async ({ body, caller }, deps) => {
  const { newId, clock } = deps;
  const { storefrontId = '', takesFreeOrders } = caller;
  const context = { now: toInstant(clock()), newId, takesFreeOrders };
  const made = await makeQuote(deps, storefrontId, body, context);
  if (made.ok) return { status: 201, body: quoteView(made.value) };
  throw new ProblemError(quoteProblem(made.error));
});
