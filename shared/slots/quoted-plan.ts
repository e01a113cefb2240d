import type { LandedCost } from '../../events/landed-cost.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { VerifiedQuotes } from '../quote/index.ts';
import type { Slot } from './slot.ts';

/** The quote's plan that slots are wanted for. */
export interface WantedPlan {
  readonly storefrontId: string;
  readonly quoteId: string;
  /** The option that will be ordered; if absent, the quote's first, as in an order. */
  readonly optionId?: string | undefined;
}

/** The data of a plan that slots need. */
export interface QuotedPlan {
  readonly quoteId: string;
  readonly expiresAt: Instant;
  readonly landedCost: LandedCost;
}

export type PlanRefusal = 'quote-unknown' | 'quote-expired' | 'option-unknown';

/** The plan of the storefront's quote, while it can be ordered. */
export async function readPlan(
  quotes: VerifiedQuotes,
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
 * From when a carrier can deliver the plan: the latest promise of its parcels. Undefined if a parcel goes with another
 * carrier, which can't deliver in the slot.
 */
export function deliverableFrom({ consignments }: LandedCost, carrier: string): Instant | undefined {
  if (!consignments.every((consignment) => consignment.carrier === carrier)) return undefined;
  return consignments
    .map(({ promise }) => promise.latest)
    .sort()
    .at(-1);
}

/**
 * Why the plan can't have the slot: its carrier does not bring the parcels, or not by then; or the plan was priced
 * without the slot's surcharge, or with another slot. Undefined: it can.
 */
export function whyNotInSlot(
  slot: Pick<Slot, 'slotId' | 'carrier' | 'from' | 'surcharge'>,
  landedCost: LandedCost,
): 'slot-of-other-carrier' | 'slot-before-promise' | 'slot-not-quoted' | undefined {
  const earliest = deliverableFrom(landedCost, slot.carrier);
  if (earliest === undefined) return 'slot-of-other-carrier';
  if (slot.from < earliest) return 'slot-before-promise';
  const quoted = landedCost.deliverySlot?.slotId;
  const isQuoted = quoted === undefined ? slot.surcharge === undefined : quoted === slot.slotId;
  return isQuoted ? undefined : 'slot-not-quoted';
}
