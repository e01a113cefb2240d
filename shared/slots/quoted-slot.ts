import type { LandedCost } from '../../events/landed-cost.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { SlotQuote, SlotQuotes } from './ports.ts';

/**
 * From when a carrier can deliver what was quoted: when the last parcel is promised to be there at the latest, by
 * the quickest plan that goes with this carrier alone. Undefined where no plan does: a slot of one carrier is of
 * no use to a parcel of another.
 */
export function deliverableFrom(plans: readonly LandedCost[], carrier: string): Instant | undefined {
  return plans
    .filter(({ consignments }) => consignments.every((consignment) => consignment.carrier === carrier))
    .map(
      ({ consignments }) =>
        consignments
          .map(({ promise }) => promise.latest)
          .sort()
          .at(-1) ?? '',
    )
    .sort()[0];
}

export type QuoteStanding = 'quote-unknown' | 'quote-expired';

/** The storefront's quote, while it can be ordered on. */
export async function readQuote(
  quotes: SlotQuotes,
  quoteId: string,
  storefrontId: string,
  now: Instant,
): Promise<Result<SlotQuote, { readonly reason: QuoteStanding }>> {
  const quote = await quotes.read(quoteId);
  if (quote === undefined || quote.storefrontId !== storefrontId) return refused({ reason: 'quote-unknown' });
  return quote.expiresAt <= now ? refused({ reason: 'quote-expired' }) : ok(quote);
}

/** Where the quote's goods go: the same in every plan. */
export function destinationOf({ plans }: SlotQuote): LandedCost['destination'] | undefined {
  return plans[0]?.destination;
}
