import * as z from 'zod';
import { warehouseIdSchema } from '../../events/landed-cost.ts';
import { notFound, ProblemError } from '../../shared/kernel/problem.ts';
import { slottingMoveSchema, zonesSchema } from '../../shared/replenishment/slotting/storage-zone.ts';
import { slottingDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-slotting',
  summary: 'The storage zones of a warehouse, and the moves that the last run proposed',
  params: z.strictObject({ warehouseId: warehouseIdSchema }),
  answers: {
    200: {
      description: 'The moves that were not made yet, those that save most walking first',
      schema: z
        .strictObject({
          warehouseId: warehouseIdSchema,
          layout: zonesSchema,
          moves: z.array(slottingMoveSchema),
        })
        .meta({ id: 'Slotting' }),
    },
  },
  problems: [404],
});

export const handler = http(contract, slottingDeps, async ({ params: { warehouseId } }, { slotting }) => {
  const [layout] = await slotting.layouts([warehouseId]);
  if (layout === undefined) throw new ProblemError(notFound('description of storage zones'));
  const moves = await slotting.openMoves(warehouseId);
  const sorted = moves.toSorted(
    (a, b) => b.savedMetresPerDay - a.savedMetresPerDay || (a.sku < b.sku ? -1 : 1),
  );
  return { status: 200, body: { warehouseId, layout, moves: sorted } };
});
