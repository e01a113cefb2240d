import { createHash } from 'node:crypto';

/** What a transaction read and wrote: the size in bytes of each item, with its table. */
export type Touched = readonly { readonly table: string; readonly bytes: number }[];

/** Remembers the transactions of the last ten minutes by their tokens, at most the newest 10,000. */
export interface TransactionTokens {
  /**
   * What the transaction with this token touched; undefined if there was none. `other`: it did something else.
   * `sent`: it was sent to the engine, which knows the token itself.
   */
  find(token: string, content: string): Touched | 'other' | 'sent' | undefined;
  remember(token: string, content: string, touched: Touched | 'sent'): void;
}

/** DynamoDB knows a token for ten minutes after the request (API reference, TransactWriteItems, ClientRequestToken). */
const KNOWN_MS = 10 * 60_000;
/** The repeats of a call end within a minute, and in a minute no machine makes that number of transactions. */
const MAX_KNOWN = 10_000;

/** Makes the memory. `now` is in milliseconds. */
export function createTransactionTokens(now: () => number): TransactionTokens {
  const known = new Map<
    string,
    { readonly content: Buffer; readonly touched: Touched | 'sent'; readonly at: number }
  >();
  return {
    find(token, content) {
      const found = known.get(token);
      if (found === undefined || found.at <= now() - KNOWN_MS) return undefined;
      return found.touched === 'sent' || found.content.equals(digestOf(content)) ? found.touched : 'other';
    },
    remember(token, content, touched) {
      for (const [oldest, { at }] of known) {
        if (at > now() - KNOWN_MS && known.size < MAX_KNOWN) break;
        known.delete(oldest);
      }
      known.set(token, { content: digestOf(content), touched, at: now() });
    },
  };
}

const digestOf = (content: string): Buffer => createHash('sha1').update(content).digest();
