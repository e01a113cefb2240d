import { type Fact, factVersion, parseFact } from '../../../events/all-events.ts';
import type { Cause } from '../../../events/envelope.ts';
import type { NewId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Consequences, Decided, OrderHead } from '../../timeline/index.ts';
import { dueShard, keys, listKey } from '../table.ts';
import type { TransactItem } from '../transaction.ts';

/**
 * Puts decided facts in their envelopes, numbered from `from`. Throws a ZodError on a fact that does not fit its
 * schema: once written, it would prevent the order from being loaded.
 */
export function enveloped(
  facts: readonly Decided[],
  {
    orderId,
    from,
    cause,
    now,
    newId,
  }: { orderId: string; from: number; cause: Cause; now: Instant; newId: NewId },
): Fact[] {
  return facts.map((fact, index) => {
    const { occurredAt = now, name, data } = fact;
    return parseFact({
      id: newId('fact', new Date(now)),
      orderId,
      sequence: from + index + 1,
      occurredAt,
      recordedAt: now,
      cause,
      name,
      version: factVersion(name),
      data,
    });
  });
}

/** The items of facts and their consequences, except the head and the stock. */
export function factItems(
  tableName: string,
  facts: readonly Fact[],
  consequences: Consequences,
): TransactItem[] {
  const put = (item: Record<string, unknown>): TransactItem => ({
    Put: { TableName: tableName, Item: item },
  });
  return [
    ...facts.map((fact) =>
      put({
        ...keys.fact(fact.orderId, fact.sequence),
        recordedAt: fact.recordedAt,
        fact: JSON.stringify(fact),
      }),
    ),
    ...consequences.journals.map((journal) =>
      put({ ...keys.journal(journal.orderId, journal.factSequence), journal: JSON.stringify(journal) }),
    ),
    ...consequences.references.map(({ kind, reference, orderId, parcelId }) =>
      put({ ...keys.reference(kind, reference), orderId, parcelId }),
    ),
    ...consequences.taxEntries.map((entry) =>
      put({
        ...keys.taxEntry(entry.scheme, entry.enteredAt, entry.orderId, entry.factSequence),
        entry: JSON.stringify(entry),
      }),
    ),
  ];
}

/** The head's attributes. The index attributes are absent when the order has no deadline. */
export function headAttributes(orderId: string, head: OrderHead, version: number): Record<string, unknown> {
  return {
    version,
    status: head.status,
    storefrontId: head.storefrontId,
    placedAt: head.placedAt,
    warehouses: head.warehouses,
    listKey: listKey(head.list, orderId),
    listSort: `${head.placedAt}#${orderId}`,
    ...(head.dueAt === undefined ? {} : { dueShard: dueShard(orderId), dueAt: head.dueAt }),
  };
}
