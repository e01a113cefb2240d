import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CalendarDate, Instant } from '../../kernel/time.ts';
import { type ExchangeRates, exchangeRatesSchema } from '../../rates/index.ts';
import type { ReportSources } from '../../reports/index.ts';
import { taxEntrySchema } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { unpack } from '../pack.ts';
import { allTaxShards, keys, TAXES_INDEX } from '../table.ts';

const entriesSchema = z.array(taxEntrySchema);

/**
 * Reads the orders' entries for the returns, page by page: all shards of a month in parallel, the months in sequence.
 * At most one page per shard is in memory. An index is read, which may lack the entries of the last moments. So a
 * period is complete only some time after its end.
 */
export function createTaxEntries(table: Table): ReportSources['taxEntries'] {
  return {
    async each(scheme, { from, to }, see) {
      for (const month of monthsBetween(from, to)) {
        await Promise.all(
          allTaxShards(month).map(async (shard) => {
            for await (const { Items = [] } of pagesOf(table, shard, { from, to }))
              for (const { taxEntries } of Items)
                for (const entry of entriesSchema.parse(unpack(taxEntries)))
                  if (entry.scheme === scheme) see(entry);
          }),
        );
      }
    },
  };
}

function pagesOf({ client, name }: Table, shard: string, { from, to }: { from: Instant; to: Instant }) {
  return paginateQuery(
    { client },
    {
      TableName: name,
      IndexName: TAXES_INDEX,
      KeyConditionExpression: 'taxShard = :shard AND taxAt BETWEEN :from AND :to',
      // A sort key is an instant and more, so keys of the instant `to` itself sort after it.
      ExpressionAttributeValues: { ':shard': shard, ':from': from, ':to': to },
    },
  );
}

/** The calendar months in UTC between two instants, the second excluded. */
function monthsBetween(from: Instant, to: Instant): string[] {
  const months: string[] = [];
  let first = `${from.slice(0, 7)}-01T00:00:00.000Z`;
  while (first < to) {
    months.push(first.slice(0, 7));
    const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))];
    first = new Date(Date.UTC(year, month, 1)).toISOString();
  }
  return months;
}

/** The stored daily rates of a day. */
export async function ratesOn(table: Table, day: CalendarDate): Promise<ExchangeRates | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: keys.rates('daily', day) }),
  );
  return Item === undefined ? undefined : exchangeRatesSchema.parse(JSON.parse(String(Item.rates)));
}
