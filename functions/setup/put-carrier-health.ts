import * as z from 'zod';
import { bookableNetwork, carrierMarkBodySchema, carrierMarkSchema } from '../../shared/catalogue/index.ts';
import { invalid, notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { knownPartners } from '../../shared/runtime/known-partners.ts';

export const contract = defineContract({
  id: 'setup/put-carrier-health',
  summary: 'Mark a carrier, or some of its services, as down or up again',
  params: z.strictObject({ code: carrierMarkSchema.shape.carrier }),
  body: carrierMarkBodySchema,
  answers: {
    200: {
      description: 'The current mark. Plans do not use services that are down',
      schema: carrierMarkSchema,
    },
  },
  problems: [404, 422],
});

export const handler = http(contract, catalogueDeps, async ({ params, body, caller }, deps) => {
  const { catalogue, clock } = deps;
  const markedAt = toInstant(clock());
  if (body.until !== undefined && body.until <= markedAt)
    throw new ProblemError(
      invalid([{ pointer: '/until', code: 'past', detail: `later than now, ${markedAt}` }]),
    );
  const { warehouses } = bookableNetwork(await catalogue.network(), knownPartners);
  const isKnown = warehouses.some(({ lanes }) => lanes.some(({ carrier }) => carrier === params.code));
  if (!isKnown) throw new ProblemError(notFound('carrier on any lane of the network'));
  const mark = { ...body, carrier: params.code, markedBy: caller.subject ?? 'operator', markedAt };
  await catalogue.markCarrier(mark);
  return { status: 200, body: mark };
});
