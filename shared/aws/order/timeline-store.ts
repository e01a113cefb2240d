import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Fact } from '../../../events/all-events.ts';
import type { NewId } from '../../kernel/ids.ts';
import { InvariantBroken } from '../../kernel/invariant.ts';
import type { Clock } from '../../kernel/time.ts';
import { changeOfMove, type Random } from '../../stock/index.ts';
import {
  CallKnown,
  inBatches,
  type PartnerCall,
  type Project,
  type Reference,
  type TimelineStore,
} from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { type CallbackStore, createCallbackStore } from '../relay/callback-store.ts';
import { freedSlotItems } from '../slots/slot-items.ts';
import { createStockRebalancing } from '../stock/rebalancing.ts';
import { createStockTaking } from '../stock/taking.ts';
import { writeWithStock } from '../stock/write-with-stock.ts';
import { fitsWithFacts } from './call-fits.ts';
import { headMove, moveAfterwards } from './head-places.ts';
import { publishedFacts } from './published-facts.ts';
import { readTimeline } from './read-timeline.ts';
import {
  enveloped,
  factItem,
  type IsPublished,
  movesOthers,
  NOT_YET_WRITTEN,
  referenceItem,
  type Step,
} from './timeline-items.ts';

export interface TimelineStoreOptions {
  readonly table: Table;
  /** Computes the consequences of facts in the table; pure. */
  readonly project: Project;
  readonly newId: NewId;
  /** The facts that the relay gets: those that a function waits for where it is left out. */
  readonly isPublished?: IsPublished;
  /** Chooses buckets of stock. */
  readonly random?: Random;
  readonly clock?: Clock;
}

/**
 * Timelines in the table. The facts of one step are one item, and its key is the lock: of two steps that decided on
 * the same timeline, one finds the item written. A step that changes nothing else is one conditional put. A step that
 * moves stock, frees a slot or moves the order in an index is one transaction on the same condition. A step that ends
 * the order is a put, and the head follows it.
 */
export function createTimelineStore(options: TimelineStoreOptions): TimelineStore {
  const { table, project, newId, random = Math.random, clock = () => new Date() } = options;
  const { isPublished = publishedFacts({ all: false }) } = options;
  const { gather } = createStockRebalancing({ table, clock });
  const writer = { table, take: createStockTaking({ table, random, gather }) };
  const callbacks = createCallbackStore(table);
  return {
    load: (orderId, { consistent = true } = {}) => readTimeline(table, orderId, { consistent }),

    async append({ timeline, facts, cause, now, call }) {
      const { orderId, calls = [] } = timeline;
      const before = timeline.facts;
      const [first, ...others] = enveloped(facts, { orderId, from: before.length, cause, now, newId });
      if (first === undefined) return timeline;
      const added: readonly [Fact, ...Fact[]] = [first, ...others];
      const after = {
        orderId,
        facts: [...before, ...added],
        calls: call === undefined ? calls : [...calls, call],
      };
      const consequences = project(before, added);
      const { journals, taxEntries } = consequences;
      const move = headMove(table.name, orderId, {
        ...{ before: project(before, []).head, after: consequences.head },
        dueMove: consequences.dueMove,
        sequence: after.facts.length,
        now,
      });
      const isAlone = !movesOthers(consequences) && move?.mayFollow !== false;
      const isErased = before.some(({ name }) => name === 'order.erased');
      const step = { facts: added, journals, taxEntries, isErased };
      const item = await itemWithCall(step, call, { isAlone, isPublished, callbacks });
      await keepReferences(table, consequences.references);
      if (isAlone) {
        if (!(await putOnce(table, item))) return undefined;
        if (move !== undefined) await moveAfterwards(table, move);
        return after;
      }

      const written = await writeWithStock(writer, {
        parts: [
          { name: 'facts', items: [{ Put: { TableName: table.name, Item: item, ...once } }] },
          { name: 'head', items: move === undefined ? [] : [{ Update: move.update }] },
          { name: 'slots', items: freedSlotItems(table.name, consequences.freedSlots) },
        ],
        changes: consequences.stock.map(changeOfMove),
        taking: { now, by: 'order' },
        patience: PATIENCE,
      });
      if (written.outcome === 'written') return after;
      // Units that an order holds must be in some bucket. Only if they are in none is the rule broken.
      const isBroken =
        (written.outcome === 'refused' && !written.parts.has('facts')) ||
        (written.outcome === 'short' && !written.isUnclear);
      if (isBroken)
        throw new InvariantBroken('stock and delivery slots that an order holds can be released or shipped', {
          orderId,
        });
      return undefined;
    },
  };
}

/**
 * The item of a step, with the call that led to it. A call that is too long for it is kept on its own first; throws
 * {@link CallKnown} where another delivery of the call was.
 */
async function itemWithCall(
  step: Step,
  call: PartnerCall | undefined,
  { isAlone, isPublished, callbacks }: ItemOptions,
): Promise<Record<string, unknown>> {
  const item = factItem(step, isPublished);
  if (call === undefined) return item;
  const withCall = factItem({ ...step, call }, isPublished);
  if (step.isErased === true || fitsWithFacts(item, withCall, { isAlone })) return withCall;
  const { orderId } = step.facts[0];
  if ((await callbacks.keep(call, { orderId })) === 'known')
    throw new CallKnown(`call ${call.callbackId} came before`);
  return item;
}

interface ItemOptions {
  /** Whether the item is written without others, so that a unit costs one and not two. */
  readonly isAlone: boolean;
  readonly isPublished: IsPublished;
  readonly callbacks: CallbackStore;
}

/** What an order holds can always be released or shipped, so it waits until the buckets allow it. */
const PATIENCE = { maxAttempts: 12, attemptsPerStep: 1, waitsForRoom: true } as const;
const REFERENCES_AT_ONCE = 10;

const once = { ConditionExpression: NOT_YET_WRITTEN } as const;

/**
 * Partners' names of our parcels are written before the facts that create them. A name without its fact leads to an
 * order that does not know it, and its call comes again. A fact without its name would leave calls without an order.
 */
async function keepReferences(table: Table, references: readonly Reference[]): Promise<void> {
  await inBatches(references, REFERENCES_AT_ONCE, async (reference) => {
    await table.client.send(new PutCommand({ TableName: table.name, Item: referenceItem(reference) }));
  });
}

/**
 * Puts the item of a step, if nobody wrote facts with its number. An item that is ours already was written by a call
 * whose answer was lost and which the client repeated.
 */
async function putOnce(table: Table, item: Record<string, unknown>): Promise<boolean> {
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: item,
        ...once,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof TransactionConflictException) return false;
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return isSame(error.Item?.facts?.B, item.facts);
  }
}

/** Every fact has an id of its own, so that equal bytes are of the same step. */
const isSame = (stored: Uint8Array | undefined, own: unknown) =>
  stored !== undefined && own instanceof Uint8Array && Buffer.compare(stored, own) === 0;
