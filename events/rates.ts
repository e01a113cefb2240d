import * as z from 'zod';
import { currencySchema } from '../shared/kernel/currency.ts';
import { calendarDateSchema } from '../shared/kernel/time.ts';

/** A table of exchange rates was stored. Kept in the lake alone. */
export const RatesStored = {
  name: 'rates.stored',
  version: 1,
  description: 'A table of exchange rates was stored: units of each currency for one unit of the base.',
  data: z.strictObject({
    /** Their use: quotes lock `daily` and `additional` rates, authorities prescribe the others. */
    kind: z.enum(['daily', 'additional', 'eu-customs-month', 'hmrc-month']),
    /** The day of publication. */
    date: calendarDateSchema,
    /** The month that monthly rates are for, `2026-11`. */
    month: z
      .string()
      .regex(/^\d{4}-\d{2}$/)
      .optional(),
    base: currencySchema,
    /** The publisher. */
    source: z.string(),
    /** Decimal numbers by currency. */
    rates: z.partialRecord(currencySchema, z.string().regex(/^\d+(\.\d+)?$/)),
  }),
} as const;
