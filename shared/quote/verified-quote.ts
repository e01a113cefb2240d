import { guaranteeCodeOf } from './guarantee-code.ts';
import type { QuoteStore } from './ports.ts';
import { type Quote, verifyQuote } from './quote.ts';

/** A stored quote with a verified signature, as orders and delivery slots use it. */
export interface VerifiedQuote
  extends Pick<
    Quote,
    'quoteId' | 'storefrontId' | 'expiresAt' | 'scores' | 'unpaidMost' | 'unpaidMostOfStorefront'
  > {
  /** The offered plans; the first is for an order that names none. */
  readonly options: readonly Quote['options'][number][];
  /** The short code of the guaranteed price. */
  readonly guaranteeCode: string;
}

export interface VerifiedQuotes {
  /** Undefined for a quote that is not stored, or that was changed after we signed it. */
  read(quoteId: string): Promise<VerifiedQuote | undefined>;
}

type SigningKey = () => Promise<string>;

/** The stored quote, if its signature is ours. A changed quote is treated as if it did not exist. */
export async function readVerifiedQuote(
  quotes: Pick<QuoteStore, 'get'>,
  quoteId: string,
  signingKey: SigningKey,
): Promise<Quote | undefined> {
  const [quote, key] = await Promise.all([quotes.get(quoteId), signingKey()]);
  return quote !== undefined && verifyQuote(quote, key) ? quote : undefined;
}

export function createVerifiedQuotes(
  quotes: Pick<QuoteStore, 'get'>,
  signingKey: SigningKey,
): VerifiedQuotes {
  return {
    async read(quoteId) {
      const quote = await readVerifiedQuote(quotes, quoteId, signingKey);
      return quote === undefined ? undefined : { ...quote, guaranteeCode: guaranteeCodeOf(quote) };
    },
  };
}
