import { type RateCard, rateCardForm } from './rate-card-form.ts';
import { rateCardProblems } from './rate-card-problems.ts';

export type { RateCard, RateZone, Surcharge } from './rate-card-form.ts';

/**
 * What a carrier charges by weight and zone, from one day to another. Amounts are integers in minor units of its
 * currency; days are days of hand-over at the warehouse.
 */
export const rateCardSchema = rateCardForm
  .superRefine((card: RateCard, { addIssue }) => {
    for (const { path, message } of rateCardProblems(card)) addIssue({ code: 'custom', path, message });
  })
  .meta({ id: 'RateCard' });
