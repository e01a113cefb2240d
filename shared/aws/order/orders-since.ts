import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { defined } from '../../kernel/defined.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Table } from '../clients.ts';
import { allListShards, LISTS_INDEX } from '../table.ts';

/** Orders that are read from the index at once. */
const PAGE = 500;

/**
 * The ids of all orders that are open or under attention, and of those that were closed since, a page of the index at a
 * time. An order that moves between two lists meanwhile may come twice.
 */
export function createOrdersSince(table: Table) {
  return async function* ordersSince(since: Instant): AsyncGenerator<readonly string[]> {
    const lists = [
      { shards: [...allListShards('open'), ...allListShards('attention')], from: '' },
      { shards: allListShards('closed'), from: since },
    ];
    for (const { shards, from } of lists) for (const shard of shards) yield* pages(table, shard, from);
  };
}

async function* pages(table: Table, shard: string, from: string): AsyncGenerator<readonly string[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: LISTS_INDEX,
        KeyConditionExpression: `listKey = :shard${from === '' ? '' : ' AND listSort >= :from'}`,
        ExpressionAttributeValues: { ':shard': shard, ...(from === '' ? {} : { ':from': from }) },
        Limit: PAGE,
        ...defined({ ExclusiveStartKey: start }),
      }),
    );
    const ids = (page.Items ?? []).map(({ pk }) => String(pk).slice('ORDER#'.length));
    if (ids.length > 0) yield ids;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
