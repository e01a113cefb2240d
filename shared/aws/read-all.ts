import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { defined } from '../kernel/defined.ts';
import type { Table } from './clients.ts';

type Query = Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey' | 'Limit'>;

/** All items of a query, in its order. A page of a query ends at 1 MB, so all following pages are read too. */
export async function readAll(table: Table, query: Query): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        ...query,
        TableName: table.name,
        ...defined({ ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}
