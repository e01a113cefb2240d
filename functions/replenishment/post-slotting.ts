import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { invalid, notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { slottingBodySchema } from '../../shared/replenishment/slotting/storage-zone.ts';
import { storeSlotting, unknownZones } from '../../shared/replenishment/slotting/store-slotting.ts';
import { slottingDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const count = z.int().min(0);

export const contract = defineContract({
  id: 'replenishment/post-slotting',
  summary: 'Store the storage zones of a warehouse, or in which of them products lie',
  params: z.strictObject({ warehouseId: warehouseIdSchema }),
  body: slottingBodySchema,
  answers: {
    200: {
      description: 'What changed, or would change; `made` counts the proposed moves that are made by it',
      schema: z
        .strictObject({
          ...{ stored: z.boolean(), added: count, changed: count, unchanged: count, made: count },
        })
        .meta({ id: 'SlottingResult' }),
    },
  },
  problems: [404, 422, 503],
});

export const handler = http(
  contract,
  slottingDeps,
  async ({ params: { warehouseId }, body }, { slotting, knownWarehouses, clock }) => {
    if (!(await knownWarehouses([warehouseId])).has(warehouseId))
      throw new ProblemError(notFound('warehouse'));
    const errors = await unknownZones(slotting, warehouseId, body);
    if (errors.length > 0) throw new ProblemError(invalid(errors));
    const changes = await storeSlotting(slotting, warehouseId, { body, now: toInstant(clock()) });
    return { status: 200, body: { stored: !body.dryRun && changes.added + changes.changed > 0, ...changes } };
  },
);
