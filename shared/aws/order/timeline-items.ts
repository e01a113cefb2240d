import { type Fact, type FactName, factVersion, parseFact } from '../../../events/all-events.ts';
import type { Cause } from '../../../events/envelope.ts';
import type { NewId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Consequences, Decided, Journal, OrderHead, Reference, TaxEntry } from '../../timeline/index.ts';
import { pack, unpack } from '../pack.ts';
import { dueShard, keys, listKey } from '../table.ts';
import type { TransactItem } from '../transaction.ts';
import { createKnownSteps } from './known-steps.ts';

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

/** Whether a fact of that name is put on the bus. */
export type IsPublished = (name: FactName) => boolean;

/**
 * The item of the facts that one step appends, with their journals. `outbox` names the facts that are to be put on the
 * bus; without one the stream does not hand the item on.
 */
export function factItem(
  [first, ...others]: readonly [Fact, ...Fact[]],
  journals: readonly Journal[],
  isPublished: IsPublished,
): Record<string, unknown> {
  const facts = [first, ...others];
  const outgoing = new Set(facts.map(({ name }) => name).filter(isPublished));
  return {
    ...keys.fact(first.orderId, first.sequence),
    facts: pack(journals.length === 0 ? { facts } : { facts, journals }),
    ...(outgoing.size === 0 ? {} : { outbox: [...outgoing].join(' ') }),
  };
}

/** The facts of one step, as they were written, and their journals. */
export interface StoredStep {
  readonly facts: readonly Fact[];
  readonly journals: readonly Journal[];
}

/** Reads an item of facts, or some of them; throws a ZodError when one of these does not fit its schema. */
export function readFactItem(item: Record<string, unknown>, only?: ReadonlySet<string>): StoredStep {
  if (only === undefined) return knownSteps.get(item.facts, () => readStep(item.facts, () => true));
  return readStep(item.facts, ({ name }) => only.has(name));
}

const knownSteps = createKnownSteps<StoredStep>();

function readStep(stored: unknown, isWanted: (fact: Fact) => boolean): StoredStep {
  const { facts, journals = [] } = unpack(stored) as { facts: Fact[]; journals?: Journal[] };
  return { facts: facts.filter(isWanted).map(parseFact), journals };
}

/** Nobody else wrote facts with this number: the condition that makes the item's key the lock of the timeline. */
export const NOT_YET_WRITTEN = 'attribute_not_exists(pk)';

/** The entries of tax returns: one item each. */
export function taxEntryItems(tableName: string, entries: readonly TaxEntry[]): TransactItem[] {
  return entries.map((entry) => ({
    Put: {
      TableName: tableName,
      Item: {
        ...keys.taxEntry(entry.scheme, entry.enteredAt, entry.orderId, entry.factSequence),
        entry: JSON.stringify(entry),
      },
    },
  }));
}

export const referenceItem = ({ kind, reference, orderId, parcelId }: Reference) => ({
  ...keys.reference(kind, reference),
  orderId,
  parcelId,
});

/** The head's places in the indexes; those of the due index are absent when the order has no deadline. */
export function headAttributes(orderId: string, head: OrderHead): Record<string, unknown> {
  return {
    storefrontId: head.storefrontId,
    placedAt: head.placedAt,
    listKey: listKey(head.list, orderId),
    listSort: `${head.placedAt}#${orderId}`,
    ...(head.dueAt === undefined ? {} : { dueShard: dueShard(orderId), dueAt: head.dueAt }),
  };
}

/** The consequences of facts that change items beside the item of the facts. */
export const movesOthers = ({ stock, freedSlots, taxEntries }: Consequences) =>
  stock.length > 0 || freedSlots.length > 0 || taxEntries.length > 0;
