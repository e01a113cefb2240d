import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../client/api-client.ts';
import type { Step } from '../terminal/progress.ts';
import { callAgain } from './call-again.ts';
import { type List, readOrderList } from './read-order-list.ts';

/** Where an order came to: its status, and whether it is on the work list of people. */
export interface Whereabouts {
  readonly status: string;
  readonly isHeld: boolean;
}

export interface Following {
  readonly operator: ApiClient;
  readonly orderIds: ReadonlySet<string>;
  /** Orders before this instant (RFC 3339, UTC) are none of the replay's. */
  readonly since: string;
  /** How long nothing may move before waiting is given up. */
  readonly patienceMs: number;
  /** Whether what is held for a person is released once, as an operator would. */
  readonly releaseHeld: boolean;
  readonly signal: AbortSignal;
  readonly step: Step;
}

const POLL_MS = 1_000;

/**
 * Waits until every order is closed or held, or none has moved for as long as patience lasts, or the signal is
 * given; then tells where each one is. Polls the admin list of open orders alone, which gets shorter (and the
 * work list when held orders are to be released), and reads all lists once at the end.
 */
export async function followOrders(following: Following): Promise<ReadonlyMap<string, Whereabouts>> {
  const { orderIds, signal, step, patienceMs } = following;
  const released = new Set<string>();
  let last = '';
  let movedAt = performance.now();
  while (!signal.aborted) {
    const newlyReleased = following.releaseHeld ? await releaseHeld(following, released) : 0;
    const open = await readOrderList(following, 'open');
    step.reach(orderIds.size - open.size);
    if (open.size === 0 && newlyReleased === 0) break;
    const picture = JSON.stringify([...open]);
    if (picture !== last) movedAt = performance.now();
    else if (performance.now() - movedAt > patienceMs) break;
    last = picture;
    await wait(POLL_MS);
  }
  const found = new Map<string, Whereabouts>();
  // In this order, so that an order that moves to a later list in between is still seen.
  for (const list of ['open', 'attention', 'closed'] as const satisfies readonly List[]) {
    for (const [orderId, status] of await readOrderList(following, list)) {
      found.set(orderId, { status, isHeld: list === 'attention' });
    }
  }
  return found;
}

/** Releases every held order that was not released before; gives how many. */
async function releaseHeld(following: Following, released: Set<string>): Promise<number> {
  let count = 0;
  for (const [orderId, status] of await readOrderList(following, 'attention')) {
    if (status !== 'held' || released.has(orderId)) continue;
    released.add(orderId);
    count += 1;
    await callAgain(
      () =>
        following.operator.call({
          method: 'POST',
          path: `/v1/admin/orders/${orderId}/release`,
          headers: { 'idempotency-key': `replay-release-${orderId}` },
          body: {},
        }),
      following.signal,
    );
  }
  return count;
}
