import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dayMs, later } from '../../kernel/time.ts';
import type { Quote, QuoteStore, RefusedBasket } from '../../quote/index.ts';
import type { Table } from '../clients.ts';
import { pack, unpack } from '../pack.ts';
import { readItem } from '../read-together.ts';
import { expiresAt, keys } from '../table.ts';

/**
 * An expired quote is kept for some time, so that an order on it gets the answer that it expired, and not that it is
 * unknown.
 */
const KEPT_DAYS = 7;

/** The stream hands a refusal to the lake within minutes; a day covers an outage. */
const REFUSAL_KEPT_DAYS = 2;

/** Keeps why a basket got no quote until the lake has it. */
export async function putRefusal(table: Table, { refusalId, refusedAt, data }: RefusedBasket): Promise<void> {
  const item = {
    ...keys.refusedQuote(refusalId),
    ...{ refusalId, refusedAt, refusal: JSON.stringify(data) },
    expiresAt: expiresAt(later(refusedAt, REFUSAL_KEPT_DAYS * dayMs)),
  };
  await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
}

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
      // The erasure of an order leaves nothing of its quote but the key. What a quote holds is not checked here: who
      // uses it verifies that it is as it was signed.
      return item?.quote === undefined ? undefined : (unpack(item.quote) as Quote);
    },
  };
}
