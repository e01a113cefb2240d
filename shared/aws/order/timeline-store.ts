import { type Fact, parseFact } from '../../../events/all-events.ts';
import type { NewId } from '../../kernel/ids.ts';
import { InvariantBroken } from '../../kernel/invariant.ts';
import { type Clock, hourMs, type Instant, later } from '../../kernel/time.ts';
import { changeOfMove, type Random } from '../../stock/index.ts';
import type { OrderHead, Project, TimelineStore } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { freedSlotItems } from '../slots/slot-items.ts';
import { createStockRebalancing } from '../stock/rebalancing.ts';
import { createStockTaking } from '../stock/taking.ts';
import { writeWithStock } from '../stock/write-with-stock.ts';
import { dueShard, FACT_PREFIX, keys, listKey } from '../table.ts';
import type { TransactItem } from '../transaction.ts';
import { enveloped, factItems } from './timeline-items.ts';

export interface TimelineStoreOptions {
  readonly table: Table;
  /** Computes the consequences of facts in the table; pure. */
  readonly project: Project;
  readonly newId: NewId;
  /** Chooses buckets of stock. */
  readonly random?: Random;
  readonly clock?: Clock;
}

/** Timelines in the table: facts, head, stock, journals and references change together or not at all. */
export function createTimelineStore(options: TimelineStoreOptions): TimelineStore {
  const { table, project, newId, random = Math.random, clock = () => new Date() } = options;
  const { gather } = createStockRebalancing({ table, clock });
  const writer = { table, take: createStockTaking({ table, random, gather }) };
  return {
    async load(orderId) {
      const facts = await readFacts(table, orderId);
      return facts.length === 0 ? undefined : { orderId, facts };
    },

    async append({ timeline, facts, cause, now }) {
      const { orderId } = timeline;
      const from = timeline.facts.length;
      const added = enveloped(facts, { orderId, from, cause, now, newId });
      const consequences = project(timeline.facts, added);
      const { head } = consequences;
      const place = placeInDueIndex(project(timeline.facts, []).head.dueAt, head.dueAt);
      const written = await writeWithStock(writer, {
        parts: [
          {
            name: 'head',
            items: [headUpdate(table.name, orderId, { head, place, from, to: from + added.length })],
          },
          { name: 'facts', items: factItems(table.name, added, consequences) },
          { name: 'slots', items: freedSlotItems(table.name, consequences.freedSlots) },
        ],
        changes: consequences.stock.map(changeOfMove),
        taking: { now, by: 'order' },
        patience: PATIENCE,
      });
      if (written.outcome === 'written') return { orderId, facts: [...timeline.facts, ...added] };
      // Units that an order holds must be in some bucket. Only if they are in none is the rule broken.
      const isBroken =
        (written.outcome === 'refused' && !written.parts.has('head')) ||
        (written.outcome === 'short' && !written.isUnclear);
      if (isBroken)
        throw new InvariantBroken('stock and delivery slots that an order holds can be released or shipped', {
          orderId,
        });
      return undefined;
    },
  };
}

/** What an order holds can always be released or shipped, so it waits until the buckets allow it. */
const PATIENCE = { maxAttempts: 12, attemptsPerStep: 1, waitsForRoom: true } as const;

/** All facts of the order, read consistently. */
async function readFacts(table: Table, orderId: string): Promise<Fact[]> {
  const items = await readAll(table, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :facts)',
    ExpressionAttributeValues: { ':pk': keys.orderPartition(orderId), ':facts': FACT_PREFIX },
    ConsistentRead: true,
  });
  return items.map((item) => parseFact(JSON.parse(item.fact as string)));
}

type Place = 'leave' | 'put' | 'remove';

/** If the entry in the due index is this much too late, moving it is worth the index writes. */
const MAX_LATE_MS = hourMs;

/**
 * The change of the order's entry in the due index. While the order is open, its entry stays: the sweeper reads the
 * order at that time, computes the true deadline from the facts and moves the entry. That saves two index writes a
 * step, and an early entry costs one read. Two kinds of orders are moved at once: an order that had ended and is owed
 * something again (a late capture, a refund after delivery), and an order whose wait became much shorter (a released
 * hold, a cancellation while the warehouse works), because the sweeper would look at it only at the end of the longer
 * wait.
 */
function placeInDueIndex(before: Instant | undefined, after: Instant | undefined): Place {
  if (after === undefined) return 'remove';
  return before === undefined || later(after, MAX_LATE_MS) < before ? 'put' : 'leave';
}

const placeUpdates: Readonly<Record<Place, string>> = {
  leave: '',
  put: ', dueShard = :shard, dueAt = :due',
  remove: ' REMOVE dueShard, dueAt',
};

/** Moves the head on, unless somebody else did. */
function headUpdate(
  tableName: string,
  orderId: string,
  { head, place, from, to }: { head: OrderHead; place: Place; from: number; to: number },
): TransactItem {
  return {
    Update: {
      TableName: tableName,
      Key: keys.head(orderId),
      UpdateExpression: `SET version = :to, #status = :status, listKey = :list, warehouses = :warehouses${placeUpdates[place]}`,
      ConditionExpression: 'version = :from',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':to': to,
        ':from': from,
        ':status': head.status,
        ':list': listKey(head.list, orderId),
        ':warehouses': head.warehouses,
        ...(place === 'put' ? { ':shard': dueShard(orderId), ':due': head.dueAt } : {}),
      },
    },
  };
}
