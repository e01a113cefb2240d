import type { Seller } from '../catalogue/index.ts';
import { type Clock, dayMs, type Instant, later, toInstant } from '../kernel/time.ts';
import { inBatches } from '../timeline/index.ts';
import { type EraseDeps, eraseOrder } from './erase-order.ts';
import type { ClosedOrders } from './ports.ts';

/**
 * How long personal data stays after the end of an order, if the seller has set nothing. A card can be charged back for
 * 120 days, and a carrier or a customs office may ask for some weeks more.
 */
const DEFAULT_KEPT_DAYS = 180;

export interface EraseExpiredDeps extends EraseDeps {
  readonly closed: ClosedOrders;
  /** The seller's own time, in days; undefined where nothing is set. */
  readonly seller: () => Promise<Pick<Seller, 'privacy'> | undefined>;
  readonly clock: Clock;
  /** Called for an order that could not be erased. */
  readonly onFailure: (error: unknown, orderId: string) => void;
}

/** How many orders are read and erased at once. */
const AT_ONCE = 10;
/** The most orders of a shard in one run. The next run goes on. */
const MAX_OF_SHARD = 200;

/**
 * Erases the personal data of orders that were closed longer ago than the seller keeps it. Each shard of the list of
 * closed orders is read from where the last run ended. Where an order can't be erased, its shard goes no further, and
 * the next run begins with it: no order is passed over. Gives the number of erased orders and of failures.
 */
export async function eraseExpired(
  deps: EraseExpiredDeps,
): Promise<{ readonly erased: number; readonly failed: number }> {
  const { keptDays = DEFAULT_KEPT_DAYS } = (await deps.seller())?.privacy ?? {};
  const until = later(toInstant(deps.clock()), -keptDays * dayMs);
  const done = await deps.closed.done();
  const shards = Array.from({ length: deps.closed.shards }, (_, shard) => shard);
  const results = await inBatches(shards, 1, (shard) =>
    eraseShard(deps, shard, { after: done[shard] ?? '', until }),
  );
  await deps.closed.setDone(Object.fromEntries(results.map(({ reached }, shard) => [shard, reached])));
  return {
    erased: results.reduce((all, { erased }) => all + erased, 0),
    failed: results.reduce((all, { failed }) => all + failed, 0),
  };
}

interface ShardResult {
  /** Every order of the shard up to this place is done. */
  readonly reached: string;
  readonly erased: number;
  readonly failed: number;
}

async function eraseShard(
  deps: EraseExpiredDeps,
  shard: number,
  { after, until }: { readonly after: string; readonly until: Instant },
): Promise<ShardResult> {
  const orders = await deps.closed.page(shard, { after, until, max: MAX_OF_SHARD });
  const outcomes = await inBatches(orders, AT_ONCE, async ({ orderId }) => {
    try {
      const { state } = await eraseOrder(deps, orderId, { basis: 'retention', cause: { by: 'clock' } });
      return state;
    } catch (error) {
      deps.onFailure(error, orderId);
      return 'failed' as const;
    }
  });
  const firstFailed = outcomes.indexOf('failed');
  const passed = firstFailed < 0 ? orders.length : firstFailed;
  return {
    reached: orders[passed - 1]?.place ?? after,
    erased: outcomes.filter((outcome) => outcome === 'erased').length,
    failed: outcomes.filter((outcome) => outcome === 'failed').length,
  };
}
