import { type RateCard, rateCardForm } from './rate-card-form.ts';
import { rateCardProblems } from './rate-card-problems.ts';

export type { RateCard, RateZone, Surcharge } from './rate-card-form.ts';

/**
 * A carrier's prices by weight and zone, for a period. Amounts are integers in minor units of its currency; days are
 * days of hand-over at the warehouse.
 */
export const rateCardSchema = rateCardForm
  .superRefine((card: RateCard, { addIssue }) => {
    for (const { path, message } of rateCardProblems(card)) addIssue({ code: 'custom', path, message });
  })
  .meta({ id: 'RateCard' });
