import { ok, type Result, refused } from '../../kernel/result.ts';
import { type MadeQuote, makeQuote, type QuoteContext } from '../make-quote.ts';
import type { QuoteDeps } from '../ports.ts';
import { optionOf, type Quote } from '../quote.ts';
import type { QuoteRefusal } from '../refusal.ts';
import { readVerifiedQuote } from '../verified-quote.ts';
import { explainChanges } from './explain-changes.ts';
import type { QuoteChange } from './quote-change.ts';

export interface RefreshedQuote extends MadeQuote {
  readonly previous: Quote;
  /** Why the default option differs from the earlier one; empty when it does not. */
  readonly changes: readonly QuoteChange[];
}

export interface QuoteUnknown {
  readonly reason: 'quote-unknown';
}

/**
 * Prices the request of an earlier quote again, optionally with another delivery slot, and says what changed. The
 * earlier quote may have expired or may have been ordered; it stays unchanged. Another storefront's quote is refused as
 * if it did not exist.
 */
export async function refreshQuote(
  deps: QuoteDeps,
  {
    quoteId,
    storefrontId,
    slotId,
  }: { readonly quoteId: string; readonly storefrontId: string; readonly slotId?: string | undefined },
  context: Omit<QuoteContext, 'previousQuoteId'>,
): Promise<Result<RefreshedQuote, QuoteRefusal | QuoteUnknown>> {
  const previous = await readVerifiedQuote(deps.quotes, quoteId, deps.signingKey);
  const before = previous === undefined ? undefined : optionOf(previous);
  if (previous === undefined || before === undefined || previous.storefrontId !== storefrontId)
    return refused({ reason: 'quote-unknown' });
  const request = slotId === undefined ? previous.request : { ...previous.request, deliverySlot: { slotId } };
  const made = await makeQuote(deps, storefrontId, request, { ...context, previousQuoteId: quoteId });
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
