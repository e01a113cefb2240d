import * as z from 'zod';
import { MAX_INSTALMENTS } from '../../events/instalments.ts';
import { currencySchema } from '../kernel/currency.ts';
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
    /**
     * What the provider keeps of each capture: a percentage of the amount, and a fixed amount by currency. The first
     * terms that have one for the day, the country and the currency say it; without any, what the provider publishes.
     */
    fee: z
      .strictObject({
        percent: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/, 'a percentage such as 1.4'),
        fixed: z
          .array(moneySchema.extend({ amount: z.int().min(0) }))
          .max(50)
          .optional(),
        /** The currencies of payment that it is about; all if absent. */
        currencies: z.array(currencySchema).min(1).max(50).optional(),
        /** The first and the last day, in UTC, of orders that it is about; without end where absent. */
        from: calendarDateSchema.optional(),
        until: calendarDateSchema.optional(),
      })
      .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
        ...{ path: ['until'], message: 'not before from' },
      })
      .optional(),
  })
  .meta({ id: 'PaymentTerms' });

/** What the merchant agreed with a provider: where, up to when, for what and at what fee it takes payments. */
export type PaymentTerms = z.infer<typeof paymentTermsSchema>;

const instalmentSettingsSchema = z
  .strictObject({
    /** How many instalments a shopper may choose: the first at once, the others monthly. */
    counts: z
      .array(z.int().min(2).max(MAX_INSTALMENTS))
      .min(1)
      .max(5)
      .refine((all) => new Set(all).size === all.length, 'each count once'),
    /** The smallest total for which they are offered, by currency; a currency that is not named has none. */
    minAmounts: amounts.min(1),
    /** The countries of destination in which they are offered. */
    countries: z.array(givenCountrySchema).min(1).max(250),
    /** Days after a due date on which a declined instalment is tried again; 3 and 7 if absent. */
    retryAfterDays: z
      .array(z.int().min(1).max(60))
      .max(5)
      .refine(
        (days) => days.every((day, index) => day > (days[index - 1] ?? 0)),
        'each later than the one before',
      )
      .optional(),
  })
  .meta({ id: 'InstalmentSettings' });

/** The instalments that the merchant offers. */
export type InstalmentSettings = z.infer<typeof instalmentSettingsSchema>;

/** Members of the choice of payment: the order of methods in a market, the terms of the providers, instalments. */
export const paymentTermsFields = {
  /** Instalments of the merchant's own; nobody is offered any if absent. Consumer credit law may apply to them. */
  instalments: instalmentSettingsSchema.optional(),
  /** By country of destination: the methods that come first there, in their order. */
  order: z.record(givenCountrySchema, z.array(methodName).min(1).max(50)).optional(),
  terms: z.array(paymentTermsSchema).max(500).optional(),
};
