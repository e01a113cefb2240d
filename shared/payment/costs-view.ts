import * as z from 'zod';
import { feeRuleSchema } from '../../events/payment-fee.ts';
import { defined } from '../kernel/defined.ts';
import { moneySchema, toJson } from '../kernel/money.ts';
import { calendarDateSchema } from '../kernel/time.ts';
import { type Offer, offerRefusals } from './offers.ts';

const costSchema = z
  .strictObject({
    method: z.string(),
    provider: z.string(),
    fee: z
      .strictObject({
        amount: moneySchema.meta({ description: 'Of the amount that was asked about, in one capture' }),
        rule: feeRuleSchema,
        source: z.string().optional().meta({ description: 'Where a published fee stands' }),
      })
      .optional()
      .meta({ description: 'Absent: neither the terms nor a published list say it' }),
    licence: z
      .strictObject({ validUntil: calendarDateSchema, number: z.string().optional() })
      .optional()
      .meta({ description: 'The licence in the terms that holds longest there' }),
    refusal: z
      .strictObject({ reason: z.enum(offerRefusals), detail: z.string() })
      .optional()
      .meta({ description: 'Why it is not on offer; absent: it is' }),
  })
  .meta({ id: 'PaymentCost' });

/** Every method of every provider, on offer or not, with what it costs the merchant. */
export const costsViewSchema = z.strictObject({ methods: z.array(costSchema) }).meta({ id: 'PaymentCosts' });

export const costsView = (offers: readonly Offer[]): z.infer<typeof costsViewSchema> => ({
  methods: offers.map(({ method, provider, fee, feeRule, feeSource, licence, refusal }) => ({
    ...{ method, provider },
    ...(fee === undefined || feeRule === undefined
      ? {}
      : { fee: { amount: toJson(fee), rule: feeRule, ...defined({ source: feeSource }) } }),
    ...defined({ licence, refusal }),
  })),
});
