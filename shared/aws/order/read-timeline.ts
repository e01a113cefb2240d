import type { Fact } from '../../../events/all-events.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { FACT_PREFIX, keys } from '../table.ts';
import { readFactItem } from './timeline-items.ts';

interface ReadOptions {
  readonly consistent: boolean;
  /** The names of the wanted facts, if only some are wanted: the others are not checked. */
  readonly only?: ReadonlySet<string>;
}

/**
 * The facts of an order, oldest first; none for an unknown order. A read that is not consistent may lack the latest
 * facts. Where it lacks all of them or one in between, it is repeated consistently.
 */
export async function readFacts(
  table: Table,
  orderId: string,
  { consistent, only }: ReadOptions,
): Promise<Fact[]> {
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :facts)',
    ExpressionAttributeValues: { ':pk': keys.orderPartition(orderId), ':facts': FACT_PREFIX },
    ConsistentRead: consistent,
  });
  const facts = items.flatMap((item) => readFactItem(item, only).facts);
  if (consistent || isWhole(facts)) return facts;
  return readFacts(table, orderId, { consistent: true, ...(only === undefined ? {} : { only }) });
}

const isWhole = (facts: readonly Fact[]) =>
  facts.length > 0 && facts.every(({ sequence }, index) => sequence === index + 1);
