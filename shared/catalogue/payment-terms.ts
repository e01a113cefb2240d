import * as z from 'zod';
import { moneySchema, positiveMoneySchema } from '../kernel/money.ts';
import { givenCountrySchema } from '../kernel/places/given-country.ts';
import { calendarDateSchema } from '../kernel/time.ts';

const methodName = z.string().min(1).max(40);
const amounts = z
  .array(positiveMoneySchema)
  .max(50)
  .refine((all) => new Set(all.map(({ currency }) => currency)).size === all.length, 'one amount a currency');

const paymentTermsSchema = z
  .strictObject({
    provider: z.string().min(1).max(40),
    /** The methods that the terms are about; all of the provider if absent. */
    methods: z.array(methodName).min(1).max(50).optional(),
    /** The countries of destination; all if absent. */
    countries: z.array(givenCountrySchema).min(1).max(250).optional(),
    /** The provider's licence to take payments there. With one, nothing is offered where none holds. */
    licence: z
      .strictObject({
        /** The last day on which it holds. */
        validUntil: calendarDateSchema,
        number: z.string().trim().min(1).max(60).optional(),
      })
      .optional(),
    /** Chapters, headings or subheadings of the Harmonised System whose goods may not be paid this way. */
    refusedGoods: z
      .array(z.string().regex(/^\d{2}(\d{2}){0,2}$/, 'two, four or six digits'))
      .min(1)
      .max(200)
      .optional(),
    minAmounts: amounts.optional(),
    maxAmounts: amounts.optional(),
    /** What the provider keeps: a percentage of the amount, and a fixed amount by currency. */
    fee: z
      .strictObject({
        percent: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, 'a percentage such as 1.4'),
        fixed: z
          .array(moneySchema.extend({ amount: z.int().min(0) }))
          .max(50)
          .optional(),
      })
      .optional(),
  })
  .meta({ id: 'PaymentTerms' });

/** What the merchant agreed with a provider: where, up to when, for what and at what fee it takes payments. */
export type PaymentTerms = z.infer<typeof paymentTermsSchema>;

/** Members of the choice of payment: the order of methods in a market, and the terms of the providers. */
export const paymentTermsFields = {
  /** By country of destination: the methods that come first there, in their order. */
  order: z.record(givenCountrySchema, z.array(methodName).min(1).max(50)).optional(),
  terms: z.array(paymentTermsSchema).max(200).optional(),
};
