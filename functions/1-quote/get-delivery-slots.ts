import * as z from 'zod';
import { defined } from '../../shared/kernel/defined.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { givenPlaceShape } from '../../shared/kernel/places/given-place.ts';
import { checkPlace, withCanonicalPlace } from '../../shared/kernel/places/place.ts';
import { needsPostalCode } from '../../shared/kernel/places/postal-code.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { calendarDateSchema, toInstant } from '../../shared/kernel/time.ts';
import { optionIdSchema } from '../../shared/quote/index.ts';
import { slotsDeps } from '../../shared/runtime/deps/slots.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { listSlots, slotProblem, slotView, slotViewSchema } from '../../shared/slots/index.ts';

export const contract = defineContract({
  id: '1-quote/get-delivery-slots',
  summary: 'Delivery slots that can be booked at a destination, for two weeks',
  query: z
    .strictObject({
      country: givenPlaceShape.country,
      /** Required where addresses have one. */
      postalCode: givenPlaceShape.postalCode,
      /** The first local day to look at. */
      from: calendarDateSchema.optional(),
      carrier: z.string().min(1).max(40).optional(),
      /** Only slots that an order on this quote can have: after its promise, with its carrier. */
      quoteId: idSchema('quote').optional(),
      /** The option of the quote; its default option if absent. */
      optionId: optionIdSchema.optional(),
    })
    .refine(({ country, postalCode }) => postalCode !== undefined || !needsPostalCode(country), {
      path: ['postalCode'],
      message: 'addresses there have a postal code',
    })
    .superRefine((query, { addIssue }) => checkPlace(query, addIssue))
    .refine(({ quoteId, optionId }) => optionId === undefined || quoteId !== undefined, {
      path: ['optionId'],
      message: 'an option is one of a quote',
    })
    .overwrite(withCanonicalPlace),
  answers: {
    200: {
      description: 'The slots, earliest first; full ones and those past their cut-off are left out',
      schema: z
        .strictObject({
          slots: z.array(
            slotViewSchema.extend({ freePlaces: z.int().min(1) }).meta({ id: 'FreeDeliverySlot' }),
          ),
          /** Continue from this day; absent after the last bookable day. */
          nextFrom: calendarDateSchema.optional(),
        })
        .meta({ id: 'DeliverySlots' }),
    },
  },
  problems: [404, 410, 422],
});

export const handler = http(contract, slotsDeps, async ({ query, caller }, deps) => {
  const { country, postalCode, ...wanted } = query;
  const listed = await listSlots(
    { ...deps, now: toInstant(deps.clock()) },
    { ...wanted, storefrontId: caller.storefrontId ?? '', place: { country, postalCode } },
  );
  if (!listed.ok) throw new ProblemError(slotProblem(listed.error, '#/query'));
  const { offered, nextFrom } = listed.value;
  const slots = offered.map(({ slot, freePlaces }) => ({ ...slotView(slot), freePlaces }));
  return { status: 200, body: { slots, ...defined({ nextFrom }) } };
});
