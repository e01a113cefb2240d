import * as z from 'zod';
import { portSchema } from '../../events/replenishment.ts';
import { portCongestionSchema } from '../../shared/replenishment/inbound/supply-risks.ts';
import { riskDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/put-port',
  summary: 'Store that goods wait at a port',
  params: z.strictObject({ port: portSchema }),
  body: portCongestionSchema,
  answers: {
    200: {
      description: 'The port as stored; SKUs on their way there are at risk from the next run of the job on',
      schema: portCongestionSchema.extend({ port: portSchema }).meta({ id: 'CongestedPort' }),
    },
  },
});

export const handler = http(contract, riskDeps, async ({ params, body }, { risks }) => {
  const port = { ...body, port: params.port };
  await risks.putPorts([port]);
  return { status: 200, body: port };
});
