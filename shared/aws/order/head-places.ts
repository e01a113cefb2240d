import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../kernel/time.ts';
import type { DueMove, OrderHead } from '../../timeline/index.ts';
import type { Table } from '../clients.ts';
import { dueShard, keys, listKey } from '../table.ts';

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

/**
 * The order's place in its list. Closed orders stand by when they were closed, so that those whose personal data was
 * kept for long enough are found; all others by when they were placed.
 */
export function listPlace(
  orderId: string,
  { list, placedAt }: Pick<OrderHead, 'list' | 'placedAt'>,
  now: Instant,
): { readonly listKey: string; readonly listSort: string } {
  return {
    listKey: listKey(list, orderId),
    listSort: `${list === 'closed' ? now : placedAt}#${orderId}`,
  };
}

/** The heads before and after new facts, their move in the due index, and the number of the last of them. */
interface Heads {
  readonly before: OrderHead;
  readonly after: OrderHead;
  readonly dueMove: DueMove;
  readonly sequence: number;
  /** When they are recorded. */
  readonly now: Instant;
}

/**
 * The update of the head, if facts move the order to another list or to another place in the due index; undefined
 * otherwise. It notes the number of the fact that moved the order.
 */
export function headMove(
  tableName: string,
  orderId: string,
  { before, after, dueMove, sequence, now }: Heads,
): HeadMove | undefined {
  const isListed = before.list !== after.list;
  if (!isListed && dueMove === 'leave') return undefined;
  const set = {
    movedBy: sequence,
    ...(isListed ? listPlace(orderId, after, now) : {}),
    ...(typeof dueMove === 'object' ? { dueShard: dueShard(orderId), dueAt: dueMove.to } : {}),
  };
  const expressions = [
    `SET ${Object.keys(set)
      .map((name) => `${name} = :${name}`)
      .join(', ')}`,
    ...(dueMove === 'remove' ? ['REMOVE dueShard, dueAt'] : []),
  ];
  const values = Object.entries(set).map(([name, value]) => [`:${name}`, value] as const);
  return {
    update: {
      TableName: tableName,
      Key: keys.head(orderId),
      UpdateExpression: expressions.join(' '),
      ExpressionAttributeValues: Object.fromEntries(values),
    },
    mayFollow: dueMove === 'remove' && after.list === 'closed',
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
