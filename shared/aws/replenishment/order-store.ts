import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../kernel/time.ts';
import type { ReceiptEffects } from '../../replenishment/inbound/receipt-effects.ts';
import { hasEnded } from '../../replenishment/purchasing/order-state.ts';
import type {
  Cover,
  OpenCover,
  OpenOrder,
  OrderStore,
  SkuPlace,
  StoredOrder,
} from '../../replenishment/purchasing/ports.ts';
import { changesOf, type Random } from '../../stock/index.ts';
import { inBatches } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { readAll } from '../read-all.ts';
import { readItems } from '../read-together.ts';
import { createStockRebalancing } from '../stock/rebalancing.ts';
import { createStockTaking } from '../stock/taking.ts';
import { writeWithStock } from '../stock/write-with-stock.ts';
import { LISTS_INDEX } from '../table.ts';
import { readCursor, writeCursor } from './order-cursor.ts';
import { headItem, readOrder, stepItem } from './order-items.ts';
import { createOrderSending } from './order-sending.ts';
import {
  costItems,
  coverItem,
  headStep,
  outcomeItems,
  put,
  putOnce,
  stockItems,
  uncovered,
} from './order-writes.ts';
import { REPLENISHMENT_PREFIX, replenishmentKeys, replenishmentList } from './replenishment-keys.ts';

const PATIENCE = { maxAttempts: 12, attemptsPerStep: 1, waitsForRoom: true } as const;
/** Orders whose facts are read at once. */
const AT_ONCE = 25;

/**
 * Replenishment orders in the table. The facts of a step, the order's head and all that follows from them (stock,
 * costs, the supplier's outcome, the covers of needs) are one transaction, on the condition that nobody wrote that
 * step.
 */
export function createOrderStore(
  table: Table,
  { clock, random = Math.random }: { readonly clock: Clock; readonly random?: Random },
): OrderStore {
  const { gather } = createStockRebalancing({ table, clock });
  const writer = { table, take: createStockTaking({ table, random, gather }) };
  const load = async (id: string) => readOrder(await itemsOf(table, id));

  return {
    load,

    async coverOf(places) {
      const items = await readItems(
        table,
        places.map(({ sku, warehouseId }) => replenishmentKeys.need(sku, warehouseId)),
        { consistent: true },
      );
      return items.map(
        (item): Cover => ({
          open: item === undefined ? [] : Object.values((item.open ?? {}) as Record<string, OpenCover>),
          revision: Number(item?.revision ?? 0),
        }),
      );
    },

    async place({ step, state, covers }) {
      const written = await writeWithStock(writer, {
        parts: [
          { name: 'step', items: [putOnce(table, stepItem(step))] },
          { name: 'head', items: [put(table, headItem(state, state.proposedAt))] },
          { name: 'needs', items: covers.map((cover) => coverItem(table, state, cover)) },
        ],
        ...{ changes: [], taking: { now: state.proposedAt, by: 'hand' }, patience: PATIENCE },
      });
      return written.outcome === 'written' ? 'written' : 'conflict';
    },

    async append({ before, after, step, effects = NOTHING, now }) {
      const written = await writeWithStock(writer, {
        parts: [
          { name: 'step', items: [putOnce(table, stepItem(step))] },
          { name: 'head', items: [headStep(table, before, headItem(after, now, before))] },
          {
            name: 'needs',
            items: hasEnded(after) ? after.lines.map((line) => uncovered(table, after, line.sku)) : [],
          },
          { name: 'stock', items: stockItems(table, effects, now) },
          { name: 'costs', items: costItems(table, effects) },
          { name: 'outcome', items: outcomeItems(table, effects) },
        ],
        changes: effects.movements.flatMap(({ movement }) => changesOf(movement)),
        ...{ taking: { now, by: 'hand' }, patience: PATIENCE },
      });
      if (written.outcome === 'written') return 'written';
      return written.outcome === 'short'
        ? { outcome: 'not-enough-stock', places: written.places.map(placeOf) }
        : 'conflict';
    },

    async page(list, limit, cursor) {
      const after = cursor === undefined ? undefined : readCursor(cursor);
      if (cursor !== undefined && after === undefined) return undefined;
      const places = await listed(table, list, { max: limit + 1, after });
      const given = places.slice(0, limit);
      const last = given.at(-1);
      return {
        items: await loadAll(load, given),
        cursor: last === undefined || places.length === given.length ? undefined : writeCursor(last.listSort),
      };
    },

    async open() {
      const places = await listed(table, 'open', { max: undefined, after: undefined });
      const orders = await inBatches(places, AT_ONCE, async ({ id }) => withoutFacts(await load(id)));
      return orders.flatMap((order) => (order === undefined ? [] : [order]));
    },

    ...createOrderSending(table),
  };
}

function withoutFacts(order: StoredOrder | undefined): OpenOrder | undefined {
  if (order === undefined) return undefined;
  const { steps: _, ...open } = order;
  return open;
}

const NOTHING: ReceiptEffects = { movements: [], costs: [] };

const itemsOf = (table: Table, id: string) =>
  readAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': replenishmentKeys.partition(id) },
    ConsistentRead: true,
  });

const placeOf = ({ sku, warehouseId }: SkuPlace): SkuPlace => ({ sku, warehouseId });

interface Listed {
  readonly id: string;
  readonly listSort: string;
}

/** The orders of a list, the newest first; all of them where `max` is undefined. */
async function listed(
  table: Table,
  list: 'open' | 'ended',
  { max, after }: { readonly max: number | undefined; readonly after: string | undefined },
): Promise<Listed[]> {
  const found: Listed[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: LISTS_INDEX,
        KeyConditionExpression: `listKey = :list${after === undefined ? '' : ' AND listSort < :after'}`,
        ExpressionAttributeValues: {
          ':list': replenishmentList(list),
          ...(after === undefined ? {} : { ':after': after }),
        },
        ScanIndexForward: false,
        ...(max === undefined ? {} : { Limit: max - found.length }),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    for (const { pk, listSort } of page.Items ?? [])
      found.push({ id: String(pk).slice(REPLENISHMENT_PREFIX.length), listSort: String(listSort) });
    start = page.LastEvaluatedKey;
  } while (start !== undefined && (max === undefined || found.length < max));
  return found;
}

async function loadAll(
  load: (id: string) => Promise<StoredOrder | undefined>,
  places: readonly Listed[],
): Promise<StoredOrder[]> {
  const loaded = await inBatches(places, AT_ONCE, ({ id }) => load(id));
  return loaded.flatMap((each) => (each === undefined ? [] : [each]));
}
