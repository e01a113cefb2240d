import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../client/api-client.ts';
import type { Step } from '../terminal/progress.ts';
import { atOnce } from './at-once.ts';
import { callAgain } from './call-again.ts';
import { type Hold, readHolds } from './read-holds.ts';
import { type List, readOrderList } from './read-order-list.ts';

/** The last known state of an order. */
export interface Whereabouts {
  readonly status: string;
  /** Whether the order is on the operators' work list. */
  readonly isHeld: boolean;
  /** The reasons why the order was held last, even if it was released since. Empty if it was never held. */
  readonly holds: readonly Hold[];
  /** Whether the replay released the order. */
  readonly isReleased: boolean;
}

export interface Following {
  readonly operator: ApiClient;
  readonly orderIds: ReadonlySet<string>;
  /** The replay ignores orders from before this time (RFC 3339, UTC). */
  readonly since: string;
  /** After this time without a change of any order, the replay stops waiting. */
  readonly patienceMs: number;
  /** Whether the replay releases a held order once, as an operator would do. */
  readonly releaseHeld: boolean;
  readonly signal: AbortSignal;
  readonly step: Step;
}

const POLL_MS = 1_000;
const CALLS_AT_ONCE = 4;
const NO_ORDERS: ReadonlyMap<string, string> = new Map();

/**
 * Waits until every order is closed or held, until no order has changed during the patience time, or until the signal
 * aborts. Then gives the state of each order. It polls only the admin list of open orders, because this list gets
 * shorter. If held orders are to be released, it polls the work list too. At the end it reads all lists once.
 */
export async function followOrders(following: Following): Promise<ReadonlyMap<string, Whereabouts>> {
  const { orderIds, signal, step, patienceMs } = following;
  const released = new Map<string, readonly Hold[]>();
  let last = '';
  let movedAt = performance.now();
  let reached = 0;
  while (!signal.aborted) {
    const held = following.releaseHeld ? await readOrderList(following, 'attention') : NO_ORDERS;
    const newlyReleased = await releaseHeld(following, held, released);
    const open = await readOrderList(following, 'open');
    // A held order that is released goes on: it has not arrived. Orders move between the two lists while they are read.
    reached = Math.max(reached, orderIds.size - new Set([...held.keys(), ...open.keys()]).size);
    step.reach(reached);
    if (open.size === 0 && newlyReleased === 0) break;
    const picture = JSON.stringify([...open]);
    if (picture !== last) movedAt = performance.now();
    else if (performance.now() - movedAt > patienceMs) break;
    last = picture;
    await wait(POLL_MS);
  }
  return whereTheyAre(following, released);
}

/** The state of each order. `released` has the reasons why the orders that the replay released were held. */
async function whereTheyAre(
  following: Following,
  released: ReadonlyMap<string, readonly Hold[]>,
): Promise<ReadonlyMap<string, Whereabouts>> {
  const found = new Map<string, Whereabouts>();
  // The lists are read in this order, so that an order that moves to a later list meanwhile is still found.
  for (const list of ['open', 'attention', 'closed'] as const satisfies readonly List[]) {
    for (const [orderId, status] of await readOrderList(following, list)) {
      const isReleased = released.has(orderId);
      found.set(orderId, {
        status,
        isHeld: list === 'attention',
        holds: released.get(orderId) ?? [],
        isReleased,
      });
    }
  }
  const held = [...found].filter(([, { isHeld }]) => isHeld);
  // The work has ended, so Ctrl-C does not stop these requests. They only explain the result.
  const { signal } = new AbortController();
  await atOnce(held, CALLS_AT_ONCE, signal, async ([orderId, where]) => {
    const holds = await readHolds(following.operator, orderId, signal);
    found.set(orderId, { ...where, holds });
  });
  return found;
}

/**
 * Releases every order of the list that is held and was not released before, and keeps the reasons why it was held.
 * Gives the number of released orders.
 */
async function releaseHeld(
  { operator, signal }: Following,
  list: ReadonlyMap<string, string>,
  released: Map<string, readonly Hold[]>,
): Promise<number> {
  const held = [...list].filter(([orderId, status]) => status === 'held' && !released.has(orderId));
  await atOnce(held, CALLS_AT_ONCE, signal, async ([orderId]) => {
    released.set(orderId, await readHolds(operator, orderId, signal));
    await callAgain(() => operator.call(releaseOf(orderId)), signal);
  });
  return held.length;
}

/** The request of an operator to release a held order. */
function releaseOf(orderId: string) {
  return {
    method: 'POST',
    path: `/v1/admin/orders/${orderId}/release`,
    headers: { 'idempotency-key': `replay-release-${orderId}` },
    body: {},
  } as const;
}
