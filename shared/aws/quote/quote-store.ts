import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dayMs, later } from '../../kernel/time.ts';
import { type Quote, type QuoteStore, quoteSchema } from '../../quote/index.ts';
import type { Table } from '../clients.ts';
import { pack, unpack } from '../pack.ts';
import { readItem } from '../read-together.ts';
import { expiresAt, keys } from '../table.ts';

/**
 * An expired quote is kept for some time, so that an order on it gets the answer that it expired, and not that it is
 * unknown.
 */
const KEPT_DAYS = 7;

export function createQuoteStore(table: Table): QuoteStore {
  return {
    async put(quote: Quote) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: {
            ...keys.quote(quote.quoteId),
            quote: pack(quote),
            expiresAt: expiresAt(later(quote.expiresAt, KEPT_DAYS * dayMs)),
          },
        }),
      );
    },

    async get(quoteId: string) {
      const item = await readItem(table, keys.quote(quoteId), { consistent: true });
      // The erasure of an order leaves nothing of its quote but the key.
      return item?.quote === undefined ? undefined : quoteSchema.parse(unpack(item.quote));
    },
  };
}
