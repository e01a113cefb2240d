import * as z from 'zod';
import { laneSchema } from './lane.ts';
import { WHOLE_SHARE } from './transit.ts';

interface FirstForm {
  readonly basePrice: { readonly amount: number; readonly currency: string };
  readonly perStartedHalfKilogram: { readonly amount: number };
  readonly maxWeightGrams: number;
  readonly transitDays: { readonly min: number; readonly max: number };
}

/**
 * A lane as the table holds it: the current form, or the first one, with a base price and a price per half kilogram.
 */
export const storedLaneSchema = z.preprocess(
  (stored) => (isFirstForm(stored) ? upgrade(stored) : stored),
  laneSchema,
);

const isFirstForm = (stored: unknown): stored is FirstForm & Record<string, unknown> =>
  typeof stored === 'object' && stored !== null && 'basePrice' in stored && 'transitDays' in stored;

function upgrade(stored: FirstForm & Record<string, unknown>): unknown {
  const { basePrice, perStartedHalfKilogram, maxWeightGrams, transitDays, ...rest } = stored;
  const step = perStartedHalfKilogram.amount;
  return {
    // The first form had no mode. Air emits most and admits least, so it is the safe choice.
    mode: 'air',
    ...rest,
    rateCards: [
      {
        rateCardId: `${rest.carrier}-${rest.service}`,
        currency: basePrice.currency,
        validFrom: '2000-01-01',
        maxWeightGrams,
        zones: [
          {
            zone: 'all',
            weightBreaks: [{ upToGrams: 500, priceMinor: basePrice.amount + step }],
            additionalStep: { stepGrams: 500, priceMinor: step },
          },
        ],
      },
    ],
    transit: { days: sharesOf(transitDays) },
  };
}

/**
 * Only the first and the last day are known: a tenth arrive by the first day, and all of them by the last day, none
 * earlier.
 */
function sharesOf({ min, max }: FirstForm['transitDays']) {
  const first = Math.min(min, max);
  const last = Math.max(min, max);
  const early = Array.from({ length: last - first }, (_, index) => ({
    days: first + index,
    share: 1_000 + Math.floor((7_000 * index) / (last - first)),
  }));
  return [...early, { days: last, share: WHOLE_SHARE }];
}
