import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Fact } from '../../../events/all-events.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Instant } from '../../kernel/time.ts';
import { type LakeRecord, recordOf } from '../../lake/index.ts';
import type { Table } from '../clients.ts';
import { unpack } from '../pack.ts';
import type { Image } from '../relay/image.ts';
import { keys, LISTS_INDEX, PERSON_PREFIX } from '../table.ts';
import { stableId } from './order-records.ts';

/** Earlier orders of one customer that are counted. */
const MAX_EARLIER = 200;

/**
 * Which order of its customer a new order is; undefined for every other item, and for an order whose personal data was
 * erased. The customer is found by the keyed hash of the e-mail address, which leaves the table in no record. Orders
 * that the index does not show yet, some milliseconds after they were placed, are not counted.
 */
export async function cohortRecord(table: Table, image: Image, at: Instant): Promise<LakeRecord | undefined> {
  const { listKey = '', listSort = '', facts = '' } = image;
  if (!listKey.startsWith(PERSON_PREFIX)) return undefined;
  const own = placedIn(Buffer.from(facts, 'base64'));
  if (own === undefined) return undefined;
  const { Items: earlier = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: LISTS_INDEX,
      KeyConditionExpression: 'listKey = :person AND listSort < :own',
      ExpressionAttributeValues: { ':person': listKey, ':own': listSort },
      Limit: MAX_EARLIER,
    }),
  );
  const [oldest] = earlier;
  const first = oldest === undefined ? own : await readPlaced(table, String(oldest.pk));
  return recordOf(
    'customer.counted',
    { id: stableId('customer', own.orderId), occurredAt: own.occurredAt, recordedAt: at },
    {
      orderId: own.orderId,
      firstMonth: String(oldest?.listSort ?? listSort).slice(0, 'yyyy-mm'.length),
      firstMarket: first.data.landedCost.destination.country,
      nth: earlier.length + 1,
    },
  );
}

/** The first fact of a step, if it places an order. */
function placedIn(packed: Uint8Array): Fact<'order.placed'> | undefined {
  const { facts } = unpack(packed) as { readonly facts: readonly Fact[] };
  const [first] = facts;
  return first?.name === 'order.placed' ? first : undefined;
}

async function readPlaced(table: Table, pk: string): Promise<Fact<'order.placed'>> {
  const Key = { ...keys.fact('', 1), pk };
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key }));
  const placed = Item === undefined ? undefined : placedIn(Item.facts as Uint8Array);
  invariant(placed !== undefined, 'the item of a person is the first fact of an order', { pk });
  return placed;
}
