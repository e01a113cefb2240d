import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { backOff } from './back-off.ts';
import type { Table } from './clients.ts';
import type { Key } from './table.ts';

/** The most items that one request reads. */
const MAX_AT_ONCE = 100;

/** The items with these keys, in no particular order; missing ones are left out. */
export async function readKeys(
  table: Table,
  keys: readonly Key[],
  { consistent }: { readonly consistent: boolean },
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let from = 0; from < keys.length; from += MAX_AT_ONCE) {
    let wanted: Record<string, unknown>[] = keys.slice(from, from + MAX_AT_ONCE).map((key) => ({ ...key }));
    for (let attempt = 0; wanted.length > 0; attempt += 1) {
      if (attempt > 0) await backOff(attempt);
      const { Responses, UnprocessedKeys } = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: wanted, ConsistentRead: consistent } } }),
      );
      items.push(...(Responses?.[table.name] ?? []));
      wanted = UnprocessedKeys?.[table.name]?.Keys ?? [];
    }
  }
  return items;
}
