import * as z from 'zod';
import { idSchema } from '../../shared/kernel/ids.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { instantSchema, toInstant } from '../../shared/kernel/time.ts';
import { optionIdSchema } from '../../shared/quote/index.ts';
import { slotsDeps } from '../../shared/runtime/deps/slots.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { holdSlot, slotIdSchema, slotProblem, slotView, slotViewSchema } from '../../shared/slots/index.ts';

export const contract = defineContract({
  id: '1-quote/post-slot-hold',
  summary: 'Hold one place of a delivery slot for a quote',
  idempotent: true,
  params: z.strictObject({ slotId: slotIdSchema }),
  body: z
    .strictObject({
      quoteId: idSchema('quote'),
      /** The quote's option that will be ordered; its default option if absent. */
      optionId: optionIdSchema.optional(),
    })
    .meta({ id: 'SlotHoldRequest' }),
  answers: {
    201: {
      description: 'The place is held for 15 minutes, or until the quote ends if that is sooner',
      schema: z
        .strictObject({ holdId: idSchema('hold'), expiresAt: instantSchema, slot: slotViewSchema })
        .meta({ id: 'SlotHold' }),
    },
  },
  problems: [404, 409, 410, 422, 429],
});

export const handler = http(contract, slotsDeps, async (request, deps) => {
  const { params, body, caller, idempotencyKey } = request;
  const { storefrontId = '', network: client } = caller;
  const now = toInstant(deps.clock());
  const held = await holdSlot(
    { ...deps, now, countHeld: (hold) => deps.countHeld({ ...hold, storefrontId, client, now }) },
    { ...body, storefrontId, idempotencyKey, slotId: params.slotId },
  );
  if (!held.ok) throw new ProblemError(slotProblem(held.error, ''));
  const { holdId, expiresAt, slot } = held.value;
  return { status: 201, body: { holdId, expiresAt, slot: slotView(slot) } };
});
