import * as z from 'zod';
import { countrySchema } from '../../kernel/country.ts';
import { currencySchema } from '../../kernel/currency.ts';
import { moneySchema } from '../../kernel/money.ts';
import { calendarDateSchema, instantSchema } from '../../kernel/time.ts';
import { taxSchemes } from '../../timeline/index.ts';

const periodSchema = z
  .string()
  .meta({ description: 'A calendar month or a calendar quarter', example: '2026-11' });

const rowSchema = z.strictObject({
  /** The member state of consumption. */
  memberState: countrySchema,
  /** The place of dispatch; only in the return of sales within the Union. */
  dispatchedFrom: countrySchema.optional(),
  /** Percentage as a decimal string. */
  rate: z.string(),
  /** In euro. Amounts that could not be converted yet are not included. */
  taxable: moneySchema,
  tax: moneySchema,
  /** The charged amounts, by their currency. */
  charged: z.array(z.strictObject({ taxable: moneySchema, tax: moneySchema, isConverted: z.boolean() })),
});

/** The fields that the returns of all schemes share; each scheme's report makes its own schema from it. */
export const taxReturnSchema = z.strictObject({
  report: z.enum(taxSchemes),
  period: periodSchema,
  memberStateOfIdentification: countrySchema,
  /** The period begins at `from` and ends at `to`, by the clocks of this zone. */
  timeZone: z.string(),
  from: instantSchema,
  to: instantSchema,
  /** The day by which the return must be submitted and the tax paid. */
  dueOn: calendarDateSchema,
  /** `running`: the period is not over. `rates-missing`: some amounts are not in euro yet. `complete`: submit it. */
  status: z.enum(['running', 'rates-missing', 'complete']),
  /** Orders whose payment was accepted in the period. */
  orders: z.int(),
  /** Sales of the period, less reversals within the period. */
  sales: z.array(rowSchema.extend({ orders: z.int() }).meta({ id: 'TaxReturnSales' })),
  /** Reversals of earlier periods' sales: a refund, a stop. */
  corrections: z.array(
    rowSchema
      .extend({
        period: periodSchema,
        /** `false`: more than three years later. The merchant settles it with the member state itself. */
        isInTime: z.boolean(),
      })
      .meta({ id: 'TaxReturnCorrection' }),
  ),
  /** The tax to be paid to each member state, including corrections; negative if it pays back. */
  balances: z.array(z.strictObject({ memberState: countrySchema, tax: moneySchema })),
  totals: z.strictObject({
    taxable: moneySchema,
    tax: moneySchema,
    /** Tax of earlier periods. */
    corrections: moneySchema,
    balance: moneySchema,
  }),
  exchange: z
    .strictObject({
      rule: z.string(),
      /** The published rates that were used, with the period of the sales. */
      used: z.array(
        z.strictObject({
          period: periodSchema,
          id: z.string(),
          date: calendarDateSchema,
          source: z.string(),
        }),
      ),
      /** Rates that are needed and not stored: store those that were published on that day. */
      missing: z.array(
        z.strictObject({ period: periodSchema, date: calendarDateSchema, currency: currencySchema }),
      ),
    })
    .meta({ id: 'TaxReturnExchange' }),
});

/** A return of a tax scheme of the Union, by what was charged; amounts of money are in euro cents. */
export type TaxReturn = z.infer<typeof taxReturnSchema>;

export type SalesRow = TaxReturn['sales'][number];
export type CorrectionRow = TaxReturn['corrections'][number];
