import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { hourMs, type Instant, later } from '../../kernel/time.ts';
import type { OrderHead } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { dueShard, keys, listKey } from '../table.ts';

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
  if (after === undefined) return before === undefined ? 'leave' : 'remove';
  return before === undefined || later(after, MAX_LATE_MS) < before ? 'put' : 'leave';
}

/** An update of the head that moves the order in the indexes. */
export interface HeadMove {
  readonly update: UpdateCommandInput & { readonly UpdateExpression: string };
  /**
   * Whether the update may be made after the facts are written, and not with them: the order waits for nothing any
   * more and nobody has to look at it. If the update is lost, the order's place in the due index leads the sweeper to
   * it, which moves it then.
   */
  readonly mayFollow: boolean;
}

/** The heads before and after new facts, and the number of the last of these. */
interface Heads {
  readonly before: OrderHead;
  readonly after: OrderHead;
  readonly sequence: number;
}

/**
 * The update of the head, if facts move the order to another list or to another place in the due index; undefined
 * otherwise. It notes the number of the fact that moved the order.
 */
export function headMove(
  tableName: string,
  orderId: string,
  { before, after, sequence }: Heads,
): HeadMove | undefined {
  const place = placeInDueIndex(before.dueAt, after.dueAt);
  const isListed = before.list !== after.list;
  if (!isListed && place === 'leave') return undefined;
  const set = {
    movedBy: sequence,
    ...(isListed ? { listKey: listKey(after.list, orderId) } : {}),
    ...(place === 'put' ? { dueShard: dueShard(orderId), dueAt: after.dueAt } : {}),
  };
  const expressions = [
    `SET ${Object.keys(set)
      .map((name) => `${name} = :${name}`)
      .join(', ')}`,
    ...(place === 'remove' ? ['REMOVE dueShard, dueAt'] : []),
  ];
  const values = Object.entries(set).map(([name, value]) => [`:${name}`, value] as const);
  return {
    update: {
      TableName: tableName,
      Key: keys.head(orderId),
      UpdateExpression: expressions.join(' '),
      ExpressionAttributeValues: Object.fromEntries(values),
    },
    mayFollow: place === 'remove' && after.list === 'closed',
  };
}

/** Moves the order after its facts were written, unless later facts moved it meanwhile. */
export async function moveAfterwards(table: Table, { update }: HeadMove): Promise<void> {
  const ConditionExpression = 'attribute_not_exists(movedBy) OR movedBy < :movedBy';
  try {
    await table.client.send(new UpdateCommand({ ...update, ConditionExpression }));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
