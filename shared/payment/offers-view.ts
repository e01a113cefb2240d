import * as z from 'zod';
import { type InstalmentPlan, instalmentSchema } from '../../events/instalments.ts';
import { type Offer, offerRefusals } from './offers.ts';

const methodSchema = z
  .strictObject({
    method: z.string().meta({ description: 'The method that an order names', example: 'card' }),
    provider: z.string().meta({ description: 'The provider that takes the money', example: 'my-provider' }),
    instalments: z
      .array(z.strictObject({ count: z.int(), instalments: z.array(instalmentSchema) }))
      .optional()
      .meta({ description: 'The plans that an order may choose, if the order is placed today (UTC)' }),
  })
  .meta({ id: 'PaymentMethod' });

const refusedSchema = z
  .strictObject({
    method: z.string(),
    provider: z.string(),
    reason: z.enum(offerRefusals).meta({ description: 'Why it can not pay', example: 'currency' }),
    detail: z.string().meta({ description: 'The reason in words', example: 'from 0.50 EUR' }),
  })
  .meta({ id: 'RefusedPaymentMethod' });

/** The methods on offer in order, and the others with their reasons. Fees are the merchant's own affair. */
export const offersViewSchema = z
  .strictObject({
    methods: z.array(methodSchema),
    refused: z
      .array(refusedSchema)
      .meta({ description: 'The other methods of the providers, each with one reason' }),
  })
  .meta({ id: 'PaymentMethods' });

export function offersView(offers: readonly Offer[]): z.infer<typeof offersViewSchema> {
  const methods = offers.filter(({ refusal }) => refusal === undefined);
  const refused = offers.flatMap(({ method, provider, refusal }) =>
    refusal === undefined ? [] : [{ method, provider, ...refusal }],
  );
  const shown = methods.map(({ method, provider, plans }) => ({
    ...{ method, provider },
    ...(plans === undefined ? {} : { instalments: plans.map(shownPlan) }),
  }));
  return { methods: shown, refused };
}

const shownPlan = ({ instalments }: InstalmentPlan) => ({ count: instalments.length, instalments });
