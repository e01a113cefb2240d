import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from './clients.ts';

/** Which items of a partition a page has. */
interface Asked {
  readonly pk: string;
  /** The beginning of their sort keys. */
  readonly prefix: string;
  readonly limit: number;
  /** The rest of the sort key at which an earlier page ended. */
  readonly after?: string | undefined;
  /** The last ones first. */
  readonly descending?: true;
}

interface Page {
  readonly items: Record<string, unknown>[];
  /** The rest of the last sort key, if there are more items. */
  readonly last: string | undefined;
}

/**
 * A page of a partition, in the order of its sort keys. One item more than the page has is read, which shows whether
 * there are more. A read of the table ends at 1 MB, so that a page of large items is shorter.
 */
export async function readPage(table: Table, { pk, prefix, limit, after, descending }: Asked): Promise<Page> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: `${prefix}${after}` } }),
      ...(descending === true ? { ScanIndexForward: false } : {}),
      Limit: limit + 1,
    }),
  );
  const items = Items.slice(0, limit);
  const isLast = Items.length <= limit && LastEvaluatedKey === undefined;
  return { items, last: isLast ? undefined : String(items.at(-1)?.sk).slice(prefix.length) };
}
