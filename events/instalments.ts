import * as z from 'zod';
import { positiveMoneySchema } from '../shared/kernel/money.ts';
import { calendarDateSchema } from '../shared/kernel/time.ts';

/** The most instalments of a plan. */
export const MAX_INSTALMENTS = 24;

export const instalmentSchema = z
  .strictObject({
    /** From 1. */
    n: z.int().min(1).max(MAX_INSTALMENTS),
    amount: positiveMoneySchema,
    /** The day in UTC on which it falls due; the first on the day of the order. */
    dueOn: calendarDateSchema,
  })
  .meta({ id: 'Instalment' });

/** The instalments of an order, fixed when it is placed: they add up to its total. */
export const instalmentPlanSchema = z.strictObject({
  instalments: z.array(instalmentSchema).min(2).max(MAX_INSTALMENTS),
  /** Days after the due date on which one that was declined is tried again. */
  retryAfterDays: z.array(z.int().min(1).max(60)).max(5),
});

/** The key of one charge: the payment, the number of the instalment, and that of the try after the first. */
export const captureIdSchema = z.string().regex(/^pay_[0-9A-Z]{26}-instalment-\d{1,2}(-\d)?$/);

export type InstalmentPlan = z.infer<typeof instalmentPlanSchema>;
