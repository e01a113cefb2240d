import type { LandedCost } from '../../events/landed-cost.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { SlotQuotes } from './ports.ts';

/** Which of a quote's plans slots are wanted for. */
export interface WantedPlan {
  readonly storefrontId: string;
  readonly quoteId: string;
  /** The option that is going to be ordered; the quote's first when left out, as in an order. */
  readonly optionId?: string | undefined;
}

/** The plan as slots need it. */
export interface QuotedPlan {
  readonly quoteId: string;
  readonly expiresAt: Instant;
  readonly landedCost: LandedCost;
}

export type PlanRefusal = 'quote-unknown' | 'quote-expired' | 'option-unknown';

/** The plan of the storefront's quote, while it can be ordered on. */
export async function readPlan(
  quotes: SlotQuotes,
  { storefrontId, quoteId, optionId }: WantedPlan,
  now: Instant,
): Promise<Result<QuotedPlan, { readonly reason: PlanRefusal }>> {
  const quote = await quotes.read(quoteId);
  if (quote === undefined || quote.storefrontId !== storefrontId) return refused({ reason: 'quote-unknown' });
  const { expiresAt, options } = quote;
  if (expiresAt <= now) return refused({ reason: 'quote-expired' });
  const option = optionId === undefined ? options[0] : options.find((each) => each.optionId === optionId);
  if (option === undefined) return refused({ reason: 'option-unknown' });
  return ok({ quoteId, expiresAt, landedCost: option.landedCost });
}

/**
 * From when a carrier can deliver what was planned: when the last parcel is promised to be there at the latest.
 * Undefined where a parcel goes with another carrier, to which the slot is of no use.
 */
export function deliverableFrom({ consignments }: LandedCost, carrier: string): Instant | undefined {
  if (!consignments.every((consignment) => consignment.carrier === carrier)) return undefined;
  return consignments
    .map(({ promise }) => promise.latest)
    .sort()
    .at(-1);
}

/** Why the slot's carrier can't bring then what was planned; undefined: it can. */
export function whyNotDeliverable(
  slot: { readonly carrier: string; readonly from: Instant },
  landedCost: LandedCost,
): 'slot-of-other-carrier' | 'slot-before-promise' | undefined {
  const earliest = deliverableFrom(landedCost, slot.carrier);
  if (earliest === undefined) return 'slot-of-other-carrier';
  return slot.from < earliest ? 'slot-before-promise' : undefined;
}
