import { hourMs, type Instant, later } from '../../kernel/time.ts';
import type { OrderHead } from '../../timeline/index.ts';
import { dueShard, keys, listKey } from '../table.ts';
import type { TransactItem } from '../transaction.ts';

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

/**
 * The update of the head, if facts move the order to another list or to another place in the due index; none
 * otherwise. `before` and `after` are computed from the facts without and with the new ones.
 */
export function headMoves(
  tableName: string,
  orderId: string,
  { before, after }: { readonly before: OrderHead; readonly after: OrderHead },
): TransactItem[] {
  const place = placeInDueIndex(before.dueAt, after.dueAt);
  const isListed = before.list !== after.list;
  if (!isListed && place === 'leave') return [];
  const set = {
    ...(isListed ? { listKey: listKey(after.list, orderId) } : {}),
    ...(place === 'put' ? { dueShard: dueShard(orderId), dueAt: after.dueAt } : {}),
  };
  const names = Object.keys(set);
  const expressions = [
    ...(names.length === 0 ? [] : [`SET ${names.map((name) => `${name} = :${name}`).join(', ')}`]),
    ...(place === 'remove' ? ['REMOVE dueShard, dueAt'] : []),
  ];
  const values = Object.entries(set).map(([name, value]) => [`:${name}`, value] as const);
  return [
    {
      Update: {
        TableName: tableName,
        Key: keys.head(orderId),
        UpdateExpression: expressions.join(' '),
        ...(values.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(values) }),
      },
    },
  ];
}
