import type { NewId } from '../../kernel/ids.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import type { Instant } from '../../kernel/time.ts';
import { type MadeQuote, makeQuote } from '../make-quote.ts';
import type { QuoteDeps } from '../ports.ts';
import { optionOf, type Quote } from '../quote.ts';
import type { QuoteRefusal } from '../refusal.ts';
import { readVerifiedQuote } from '../verified-quote.ts';
import { explainChanges } from './explain-changes.ts';
import type { QuoteChange } from './quote-change.ts';

export interface RefreshedQuote extends MadeQuote {
  readonly previous: Quote;
  /** Why the option that an order takes by itself is not what it was; empty when it is. */
  readonly changes: readonly QuoteChange[];
}

export interface QuoteUnknown {
  readonly reason: 'quote-unknown';
}

/**
 * Prices the request of an earlier quote anew, with another delivery slot where one is named, and says what changed.
 * The earlier quote may have expired, or have been ordered on; it stays as it is. One of another storefront is
 * refused like one that is not stored.
 */
export async function refreshQuote(
  deps: QuoteDeps,
  {
    quoteId,
    storefrontId,
    slotId,
  }: { readonly quoteId: string; readonly storefrontId: string; readonly slotId?: string | undefined },
  { now, newId }: { readonly now: Instant; readonly newId: NewId },
): Promise<Result<RefreshedQuote, QuoteRefusal | QuoteUnknown>> {
  const previous = await readVerifiedQuote(deps.quotes, quoteId, deps.signingKey);
  const before = previous === undefined ? undefined : optionOf(previous);
  if (previous === undefined || before === undefined || previous.storefrontId !== storefrontId)
    return refused({ reason: 'quote-unknown' });
  const request = slotId === undefined ? previous.request : { ...previous.request, deliverySlot: { slotId } };
  const made = await makeQuote(deps, storefrontId, request, {
    now,
    newId,
    previousQuoteId: quoteId,
  });
  if (!made.ok) return made;
  const { quote, stock } = made.value;
  const after = optionOf(quote);
  if (after === undefined) throw new Error(`quote ${quote.quoteId} was made without an option`);
  const { sellerVersion } = quote;
  const changes = explainChanges(
    { landedCost: before.landedCost, sellerVersion: previous.sellerVersion },
    { landedCost: after.landedCost, sellerVersion, stock },
  );
  return ok({ ...made.value, previous, changes });
}
