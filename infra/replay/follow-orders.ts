import { setTimeout as wait } from 'node:timers/promises';
import type { ApiClient } from '../demo/api-client.ts';
import { callAgain } from './call-again.ts';
import type { Step } from './progress.ts';

/** Where an order came to: its status, and whether it is on the work list of people. */
export interface Whereabouts {
  readonly status: string;
  readonly isHeld: boolean;
}

interface Page {
  readonly orders: readonly {
    readonly orderId: string;
    readonly status: string;
    readonly placedAt: string;
  }[];
  readonly cursor?: string;
}

type List = 'open' | 'attention' | 'closed';

export interface Following {
  readonly operator: ApiClient;
  readonly orderIds: ReadonlySet<string>;
  /** Orders before this instant (RFC 3339, UTC) are none of the replay's. */
  readonly since: string;
  /** How long nothing may move before waiting is given up. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly step: Step;
}

const POLL_MS = 1_000;

/**
 * Waits until every order is closed or held, or none has moved for as long as patience lasts, or the signal is
 * given; then tells where each one is. Polls the admin list of open orders alone, which gets shorter, and reads
 * the other lists once at the end.
 */
export async function followOrders(following: Following): Promise<ReadonlyMap<string, Whereabouts>> {
  const { orderIds, signal, step, patienceMs } = following;
  let last = '';
  let movedAt = performance.now();
  while (!signal.aborted) {
    const open = await readList(following, 'open');
    step.reach(orderIds.size - open.size);
    if (open.size === 0) break;
    const picture = JSON.stringify([...open]);
    if (picture !== last) movedAt = performance.now();
    else if (performance.now() - movedAt > patienceMs) break;
    last = picture;
    await wait(POLL_MS);
  }
  return readAll(following);
}

async function readAll(following: Following): Promise<ReadonlyMap<string, Whereabouts>> {
  const found = new Map<string, Whereabouts>();
  // In this order, so that an order that moves to a later list in between is still seen.
  for (const list of ['open', 'attention', 'closed'] as const) {
    for (const [orderId, status] of await readList(following, list)) {
      found.set(orderId, { status, isHeld: list === 'attention' });
    }
  }
  return found;
}

/** The replay's orders on a list, with their status. Lists are newest first: an older order ends the reading. */
async function readList({ operator, orderIds, since }: Following, list: List): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({
      status: list,
      limit: '100',
      ...(cursor === undefined ? {} : { cursor }),
    });
    const page = await callAgain(() =>
      operator.call<Page>({ method: 'GET', path: `/v1/admin/orders?${query}` }),
    );
    for (const { orderId, status } of page.orders) if (orderIds.has(orderId)) found.set(orderId, status);
    cursor = page.orders.some(({ placedAt }) => placedAt < since) ? undefined : page.cursor;
  } while (cursor !== undefined);
  return found;
}
