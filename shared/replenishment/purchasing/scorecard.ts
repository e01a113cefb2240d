import * as z from 'zod';
import { warehouseIdSchema } from '../../../events/landed-cost.ts';
import { noticeIdSchema } from '../../../events/replenishment.ts';
import { idSchema } from '../../kernel/ids.ts';
import { instantSchema } from '../../kernel/time.ts';

const count = z.int().min(0);

/** How one delivery of a supplier went. */
export const deliveryOutcomeSchema = z
  .strictObject({
    replenishmentOrderId: idSchema('replenishmentOrder'),
    /** Absent for units that were given up: they never came. */
    noticeId: noticeIdSchema.optional(),
    /** Where it came in. Absent for units that were given up, and in what was counted before 2026-11-30. */
    warehouseId: warehouseIdSchema.optional(),
    at: instantSchema,
    /** Whole days after the promised day; 0 if in time. */
    daysLate: count,
    /** Units that the supplier said were on the way, or that were given up. */
    noticed: z.int().min(1),
    received: count,
    short: count,
    /** Units that were damaged on the way or rejected. */
    damaged: count,
    /** Those of them that failed the inspection. */
    rejected: count,
  })
  .meta({ id: 'DeliveryOutcome' });

export type DeliveryOutcome = z.infer<typeof deliveryOutcomeSchema>;

const pointsSchema = z.int().min(0).max(10_000).meta({ description: 'Of 10,000' });

export const scorecardSchema = z
  .strictObject({
    score: pointsSchema,
    /** The deliveries that it is made of. */
    deliveries: count,
    reasons: z.array(
      z
        .strictObject({
          code: z.enum(['no-history', 'late', 'short', 'rejected', 'damaged', 'price']),
          /** Deliveries with this fault, or 1. */
          deliveries: count,
          detail: z.string(),
        })
        .meta({ id: 'ScoreReason' }),
    ),
  })
  .meta({ id: 'Scorecard' });

export type Scorecard = z.infer<typeof scorecardSchema>;

/** What the supplier asks for a unit, and the lowest price that another one asks, in one currency. */
export interface PriceCompared {
  readonly own: number;
  readonly lowest: number;
}

const FULL = 10_000;
/** How much of the score reliability is; the rest is the price, where one is compared. */
const RELIABILITY_PARTS = 7;
const ALL_PARTS = 10;
/** A supplier without history counts as one with these deliveries: a few faults do not decide alone. */
const PRIOR = { good: 3, all: 4 } as const;
/** A late delivery counts once, and once more for each of these days, up to {@link MAX_LATE_WEIGHT}. */
const LATE_STEP_DAYS = 7;
const MAX_LATE_WEIGHT = 4;

/**
 * The score of a supplier, from its deliveries and its price, with its reasons. Pure.
 *
 * Reliability is the share of good deliveries: `(3 + good) / (4 + good + faults)`. A delivery in time counts as good by
 * its share of good units; short and damaged units are a fault by their share, rejected units twice. A late delivery is
 * a fault altogether, whatever was in it, so that it always lowers the score; one that is weeks late counts several
 * times. The price is the lowest price over the own one. Reliability is 70 % of the score where a price is compared,
 * and all of it elsewhere. The weights are this project's own choice, not a standard.
 */
export function scoreSupplier(outcomes: readonly DeliveryOutcome[], price?: PriceCompared): Scorecard {
  // In ten-thousandths of a delivery, so that nothing is a fraction.
  let good = PRIOR.good * FULL;
  let all = PRIOR.all * FULL;
  for (const outcome of outcomes) {
    const counted = countDelivery(outcome);
    good += counted.good;
    all += counted.good + counted.faults;
  }
  const reliability = Math.floor((good * FULL) / all);
  const score =
    price === undefined
      ? reliability
      : Math.floor(
          (reliability * RELIABILITY_PARTS + priceShare(price) * (ALL_PARTS - RELIABILITY_PARTS)) / ALL_PARTS,
        );
  return { score, deliveries: outcomes.length, reasons: reasonsOf(outcomes, price) };
}

function countDelivery({ noticed, received, short, damaged, rejected, daysLate }: DeliveryOutcome) {
  if (daysLate > 0) {
    const weight = Math.min(MAX_LATE_WEIGHT, 1 + Math.floor(daysLate / LATE_STEP_DAYS));
    return { good: 0, faults: weight * FULL };
  }
  const share = (units: number) => Math.floor((units * FULL) / noticed);
  return { good: share(received), faults: share(short + damaged + rejected) };
}

const priceShare = ({ own, lowest }: PriceCompared): number =>
  own <= 0 || lowest >= own ? FULL : Math.floor((lowest * FULL) / own);

function reasonsOf(
  outcomes: readonly DeliveryOutcome[],
  price: PriceCompared | undefined,
): Scorecard['reasons'] {
  const withFault = (has: (outcome: DeliveryOutcome) => boolean) => outcomes.filter(has);
  const units = (name: 'short' | 'rejected' | 'damaged') => {
    const found = withFault((outcome) => outcome[name] > 0);
    const sum = found.reduce((total, outcome) => total + outcome[name], 0);
    return found.length === 0
      ? []
      : [{ code: name, deliveries: found.length, detail: `${sum} units ${name}` }];
  };
  const late = withFault(({ daysLate }) => daysLate > 0);
  const worst = Math.max(0, ...late.map(({ daysLate }) => daysLate));
  return [
    ...(outcomes.length === 0
      ? [{ code: 'no-history' as const, deliveries: 0, detail: 'no delivery was received yet' }]
      : []),
    ...(late.length === 0
      ? []
      : [{ code: 'late' as const, deliveries: late.length, detail: `up to ${worst} days late` }]),
    ...units('short'),
    ...units('rejected'),
    ...units('damaged'),
    ...(price === undefined || price.own <= price.lowest
      ? []
      : [
          {
            code: 'price' as const,
            deliveries: 0,
            detail: `${Math.round((price.own * 100) / price.lowest - 100)} % above the lowest price`,
          },
        ]),
  ];
}
