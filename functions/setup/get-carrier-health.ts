import * as z from 'zod';
import { carrierMarkSchema, isDown } from '../../shared/catalogue/index.ts';
import { laneSchema } from '../../shared/freight/index.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { catalogueDeps } from '../../shared/runtime/deps/catalogue.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const services = laneSchema.shape.service;

export const contract = defineContract({
  id: 'setup/get-carrier-health',
  summary: 'Which services of a carrier are down, who marked them and when',
  params: z.strictObject({ code: carrierMarkSchema.shape.carrier }),
  answers: {
    200: {
      description:
        'The services that plans leave out now, and the latest marks, newest first: the first one counts',
      schema: z
        .strictObject({
          carrier: z.string(),
          down: z.array(services),
          marks: z.array(carrierMarkSchema),
        })
        .meta({ id: 'CarrierHealth' }),
    },
  },
});

export const handler = http(contract, catalogueDeps, async ({ params }, { catalogue, clock }) => {
  const carrier = params.code;
  const marks = await catalogue.marksOf(carrier);
  const [latest] = marks;
  const now = toInstant(clock());
  const down = services.options.filter(
    (service) => latest !== undefined && isDown(latest, { carrier, service }, now),
  );
  return { status: 200, body: { carrier, down, marks } };
});
