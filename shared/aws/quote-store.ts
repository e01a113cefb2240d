import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dayMs, later } from '../kernel/time.ts';
import { type Quote, type QuoteStore, quoteSchema } from '../quote/index.ts';
import type { Table } from './clients.ts';
import { expiresAt, keys } from './table.ts';

/** A quote is kept a while after it expired, so that an order on it is told so, and not that it never was. */
const KEPT_DAYS = 7;

export function createQuoteStore(table: Table): QuoteStore {
  return {
    async put(quote: Quote) {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: {
            ...keys.quote(quote.quoteId),
            quote: JSON.stringify(quote),
            expiresAt: expiresAt(later(quote.expiresAt, KEPT_DAYS * dayMs)),
          },
        }),
      );
    },

    async get(quoteId: string) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: table.name, Key: keys.quote(quoteId), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : quoteSchema.parse(JSON.parse(String(Item.quote)));
    },
  };
}
