import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Attention, inBatches, type Project } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { allListShards, LISTS_INDEX } from '../table.ts';
import { readFacts } from './read-timeline.ts';

export interface ListedOrder {
  readonly orderId: string;
  readonly status: string;
  readonly storefrontId: string;
  readonly placedAt: string;
  /** Why a person has to look at it. */
  readonly attention: readonly Attention[];
  /** The warehouses that still have work for it. */
  readonly warehouses: readonly string[];
}

/** How many orders' facts are read at once. */
const ORDERS_AT_ONCE = 25;

export interface OrderPage {
  readonly orders: readonly ListedOrder[];
  readonly cursor: string | undefined;
}

type List = 'open' | 'attention' | 'closed';

/** The order's position in its list, opaque to the caller: `{instant}#{orderId}`, the sort key of lists. */
const encode = (listSort: string) => Buffer.from(listSort).toString('base64url');

const LIST_SORT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#ord_[0-9A-Z]{26}$/;

/** The position in a cursor; undefined for a cursor that isn't ours. */
function decode(cursor: string): string | undefined {
  const listSort = Buffer.from(cursor, 'base64url').toString('utf8');
  return LIST_SORT.test(listSort) ? listSort : undefined;
}

/**
 * The operators' lists, newest orders first, closed ones by when they were closed. The index holds only keys, so that a
 * status change costs nothing there. What a list shows of an order is computed from its facts.
 *
 * A list is spread over shards, and a page asks each of them for a whole page: eight small queries, some 20 read
 * units for 50 orders. The facts of each listed order are one query more, of one or two read units. The cursor is the
 * position of the page's last order in the whole list. It means the same in every shard and stays valid: new orders
 * are newer and sort before it, and removed ones are simply missing.
 */
export function createOrderLists(table: Table, project: Project) {
  return {
    /** Undefined when the cursor isn't ours. */
    async page(list: List, limit: number, cursor?: string): Promise<OrderPage | undefined> {
      const after = cursor === undefined ? undefined : decode(cursor);
      if (cursor !== undefined && after === undefined) return undefined;
      const shards = await Promise.all(
        // One order more than requested shows whether there is another page.
        allListShards(list).map((shard) => newest(table, shard, { max: limit + 1, after })),
      );
      const places = shards.flat().sort((a, b) => (a.listSort < b.listSort ? 1 : -1));
      const given = places.slice(0, limit);
      const last = given.at(-1);
      return {
        orders: await inBatches(given, ORDERS_AT_ONCE, ({ orderId }) => listed(table, project, orderId)),
        cursor: last === undefined || places.length === given.length ? undefined : encode(last.listSort),
      };
    },
  };
}

interface Place {
  readonly orderId: string;
  readonly listSort: string;
}

/** The newest orders of a shard, or the newest of those older than a position. */
async function newest(
  table: Table,
  shard: string,
  { max, after }: { readonly max: number; readonly after: string | undefined },
): Promise<Place[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: LISTS_INDEX,
      KeyConditionExpression: `listKey = :shard${after === undefined ? '' : ' AND listSort < :after'}`,
      ExpressionAttributeValues: { ':shard': shard, ...(after === undefined ? {} : { ':after': after }) },
      ScanIndexForward: false,
      Limit: max,
    }),
  );
  return Items.map(({ pk, listSort }) => ({
    orderId: String(pk).slice('ORDER#'.length),
    listSort: String(listSort),
  }));
}

/** What a list shows of the order. */
async function listed(table: Table, project: Project, orderId: string): Promise<ListedOrder> {
  const facts = await readFacts(table, orderId, { consistent: false });
  const { status, storefrontId, placedAt, attention, warehouses } = project(facts, []).head;
  return { orderId, status, storefrontId, placedAt, attention, warehouses };
}
