import * as z from 'zod';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { toInstant } from '../../shared/kernel/time.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { problems } from '../../shared/runtime/problem-answer.ts';
import { stockWorld } from '../../shared/runtime/worlds/stock-world.ts';
import { stockMovementSchema } from '../../shared/stock/index.ts';

export const contract = defineContract({
  id: 'catalogue/post-stock-movement',
  summary: 'Receive, adjust, write off or quarantine stock',
  body: stockMovementSchema,
  idempotent: true,
  answers: {
    201: {
      description: 'The stock moved, once per idempotency key',
      schema: z.strictObject({ outcome: z.literal('moved') }),
    },
  },
  problems: [409, 422],
});

export const handler = http(contract, stockWorld, async ({ body, idempotencyKey }, { stock, clock }) => {
  const outcome = await stock.move(body, idempotencyKey, toInstant(clock()));
  if (outcome === 'key-reused') throw new ProblemError(problems.keyReused);
  if (outcome === 'not-enough') {
    throw new ProblemError({
      status: 409,
      code: 'stock-not-enough',
      title: 'Not enough stock',
      detail: 'The warehouse does not have that many units in the state that they would be taken from.',
      errors: [{ pointer: '/quantity', code: 'stock-not-enough', detail: 'more than there is' }],
    });
  }
  return { status: 201, body: { outcome: 'moved' } };
});
