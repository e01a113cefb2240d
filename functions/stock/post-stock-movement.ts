import * as z from 'zod';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { invalid } from '../../shared/runtime/problem-answer.ts';
import { stockProblems, unknownWarehouse } from '../../shared/runtime/stock-problem.ts';
import { stockWorld } from '../../shared/runtime/worlds/stock-world.ts';
import { senselessFields, stockMovementSchema, warehousesOf } from '../../shared/stock/index.ts';

export const contract = defineContract({
  id: 'stock/post-stock-movement',
  summary: 'Receive, adjust, write off, quarantine or transfer stock',
  body: stockMovementSchema,
  idempotent: true,
  answers: {
    201: {
      description: 'The stock moved, once per idempotency key',
      schema: z.strictObject({ outcome: z.literal('moved') }),
    },
  },
  problems: [409, 422, 503],
});

export const handler = http(contract, stockWorld, async ({ body, idempotencyKey }, world) => {
  const now = toInstant(world.clock());
  const named = warehousesOf(body);
  const known = await world.knownWarehouses(named.map(({ warehouseId }) => warehouseId));
  const unknown = named.filter(({ warehouseId }) => !known.has(warehouseId));
  const errors = [...unknown.map(({ pointer }) => unknownWarehouse(pointer)), ...senselessFields(body, now)];
  // What was right when it was sent first is answered alike when it is sent again.
  if (errors.length > 0 && !(await world.stock.hasMoved(body, idempotencyKey)))
    throw new ProblemError(invalid(errors));
  const outcome = await world.stock.move(body, idempotencyKey, now);
  if (outcome !== 'moved' && outcome !== 'already-moved') throw new ProblemError(stockProblems[outcome]);
  return { status: 201, body: { outcome: 'moved' } };
});
