import * as z from 'zod';
import { invalid, ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { stockDeps } from '../../shared/runtime/deps/stock.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import {
  senselessFields,
  stockMovementSchema,
  stockProblems,
  unknownWarehouse,
  warehousesOf,
} from '../../shared/stock/index.ts';

export const contract = defineContract({
  id: 'stock/post-stock-movement',
  summary: 'Receive, adjust, write off, quarantine or transfer stock',
  body: stockMovementSchema,
  idempotent: true,
  answers: {
    201: {
      description: 'The stock moved, once per idempotency key',
      schema: z.strictObject({ outcome: z.literal('moved') }).meta({ id: 'StockMoved' }),
    },
  },
  problems: [409, 422, 503],
});

export const handler = http(contract, stockDeps, async ({ body, idempotencyKey }, deps) => {
  const now = toInstant(deps.clock());
  const named = warehousesOf(body);
  const known = await deps.knownWarehouses(named.map(({ warehouseId }) => warehouseId));
  const unknown = named.filter(({ warehouseId }) => !known.has(warehouseId));
  const errors = [...unknown.map(({ pointer }) => unknownWarehouse(pointer)), ...senselessFields(body, now)];
  // A repeated movement gets its first answer, even if it would be refused today.
  if (errors.length > 0 && !(await deps.stock.hasMoved(body, idempotencyKey)))
    throw new ProblemError(invalid(errors));
  const outcome = await deps.stock.move(body, idempotencyKey, now);
  if (outcome !== 'moved' && outcome !== 'already-moved') throw new ProblemError(stockProblems[outcome]);
  return { status: 201, body: { outcome: 'moved' } };
});
