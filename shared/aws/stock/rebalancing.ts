import { randomUUID } from 'node:crypto';
import type { Clock } from '../../kernel/time.ts';
import {
  type BucketsOutcome,
  type Counters,
  counterNames,
  isUneven,
  type NeededUnits,
  planEvening,
  planGathering,
  type StockPlace,
  type StockRebalancing,
  type StockSpread,
  type UnitsMove,
} from '../../stock/index.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { keys } from '../table.ts';
import { type TransactItem, transact } from '../transaction.ts';
import { bucketItem, look, type Sight } from './buckets.ts';
import { leaseStock, type StockLease } from './lease.ts';

export interface StockRebalancingOptions {
  readonly table: Table;
  readonly clock: Clock;
  readonly newLeaseId?: () => string;
}

/** Buyers take units while others are moved: the next round sees that. */
const MAX_ROUNDS = 4;

export function createStockRebalancing({
  table,
  clock,
  newLeaseId = randomUUID,
}: StockRebalancingOptions): StockRebalancing & {
  /** Undefined when there was never any stock of it. */
  spreadOf(place: StockPlace): Promise<StockSpread | undefined>;
  /** Gathers available or reserved units in one bucket, so that an order finds them together. */
  gather(place: StockPlace, wanted: NeededUnits): Promise<BucketsOutcome>;
} {
  async function leased(
    place: StockPlace,
    work: (lease: StockLease) => Promise<void>,
  ): Promise<BucketsOutcome> {
    const lease = await leaseStock(table, place, { clock, leaseId: newLeaseId() });
    if (typeof lease === 'string') return lease;
    try {
      await work(lease);
    } finally {
      await lease.release();
    }
    return 'set';
  }

  return {
    setBuckets: (place, buckets, minBuckets) =>
      leased(place, async (lease) => {
        const { layout } = lease;
        const spread = Math.max(layout.spread, buckets);
        const min = minBuckets === undefined ? {} : { minBuckets };
        // Readers must know a bucket before units are in it. A lower number takes effect for buyers at once, a higher
        // one only when the new buckets are filled.
        await lease.writeLayout({
          ...min,
          buckets: Math.min(layout.buckets, buckets),
          spread,
          maxEver: Math.max(layout.maxEver, spread),
        });
        const emptied = await settle(table, place, lease, { buckets, exactly: true });
        await lease.writeLayout({ buckets, spread: emptied ? buckets : spread });
      }),

    evenOut: (place) =>
      leased(place, async (lease) => {
        const { buckets, spread } = lease.layout;
        const emptied = await settle(table, place, lease, { buckets, exactly: false });
        if (emptied && spread > buckets) await lease.writeLayout({ spread: buckets });
      }),

    gather: (place, { counter, quantity }) =>
      leased(place, async (lease) => {
        for (let round = 0; round < MAX_ROUNDS && lease.holds(); round += 1) {
          const sight = await look(table, place);
          const held = (sight?.each ?? []).map((counters) => counters[counter]);
          const moves = planGathering(held, quantity);
          if (moves.length === 0 || (await gatherIn(table, place, counter, moves))) return;
          await backOff(round);
        }
      }),

    async spreadOf(place) {
      const sight = await look(table, place);
      if (sight === undefined) return undefined;
      const { buckets, minBuckets } = sight.layout;
      return { buckets, minBuckets, available: availableIn(sight) };
    },
  };
}

const availableIn = (sight: Sight | undefined): number[] =>
  (sight?.each ?? []).map(({ available }) => available);

/**
 * Evens out the first `buckets` buckets and empties those after them. Returns whether the latter are empty; a later run
 * continues. `exactly`: even if they are nearly even already.
 */
async function settle(
  table: Table,
  place: StockPlace,
  lease: StockLease,
  { buckets, exactly }: { readonly buckets: number; readonly exactly: boolean },
): Promise<boolean> {
  let evenedOut = !exactly;
  for (let round = 0; round < MAX_ROUNDS && lease.holds(); round += 1) {
    const sight = await look(table, place);
    if (sight === undefined) return true;
    const behind = givenUp(sight, buckets);
    if (behind.length === 0 && !isWorthMoving(sight, buckets, !evenedOut)) return true;
    for (const { bucket, counters } of behind)
      if (lease.holds()) await empty(table, place, { from: bucket, to: bucket % buckets, counters });
    if (behind.length > 0) continue;
    for (const move of planEvening(availableIn(sight), buckets))
      if (lease.holds()) await moveUnits(table, place, move);
    evenedOut = true;
  }
  const after = await look(table, place);
  return after === undefined || givenUp(after, buckets).length === 0;
}

const isWorthMoving = (sight: Sight, buckets: number, exactly: boolean): boolean =>
  exactly ? planEvening(availableIn(sight), buckets).length > 0 : isUneven(availableIn(sight), buckets);

function givenUp({ each }: Sight, buckets: number): { bucket: number; counters: Counters }[] {
  return each
    .map((counters, bucket) => ({ bucket, counters }))
    .slice(buckets)
    .filter(({ counters }) => counterNames.some((name) => counters[name] !== 0));
}

/** Moves available units, if the giving bucket still has them. */
async function moveUnits(
  table: Table,
  place: StockPlace,
  { from, to, quantity }: UnitsMove,
): Promise<boolean> {
  return written(table, [
    bucketItem(table.name, {
      ...place,
      bucket: from,
      counters: { available: -quantity, onHand: -quantity },
      by: 'buckets',
      needed: { counter: 'available', quantity },
    }),
    bucketItem(table.name, {
      ...place,
      bucket: to,
      counters: { available: quantity, onHand: quantity },
      by: 'buckets',
    }),
  ]);
}

/** Moves units from several buckets to one, all or none. */
async function gatherIn(
  table: Table,
  place: StockPlace,
  counter: NeededUnits['counter'],
  moves: readonly UnitsMove[],
): Promise<boolean> {
  const [first] = moves;
  if (first === undefined) return true;
  const all = moves.reduce((sum, { quantity }) => sum + quantity, 0);
  return written(table, [
    ...moves.map(({ from, quantity }) =>
      bucketItem(table.name, {
        ...place,
        bucket: from,
        counters: { [counter]: -quantity, onHand: -quantity },
        by: 'buckets',
        needed: { counter, quantity },
      }),
    ),
    bucketItem(table.name, {
      ...place,
      bucket: first.to,
      counters: { [counter]: all, onHand: all },
      by: 'buckets',
    }),
  ]);
}

/** Adds all counters of a bucket to another's and sets them to zero, if the bucket is unchanged since it was read. */
async function empty(
  table: Table,
  place: StockPlace,
  { from, to, counters }: { from: number; to: number; counters: Counters },
): Promise<boolean> {
  const counted = counterNames.filter((name) => counters[name] !== 0);
  const taken: TransactItem = {
    Update: {
      TableName: table.name,
      Key: keys.stock(place.sku, place.warehouseId, from),
      UpdateExpression: `SET changedBy = :by, ${counted.map((name) => `${name} = :none`).join(', ')}`,
      ConditionExpression: counted.map((name) => `${name} = :${name}`).join(' AND '),
      ExpressionAttributeValues: {
        ':by': 'buckets',
        ':none': 0,
        ...Object.fromEntries(counted.map((name) => [`:${name}`, counters[name]])),
      },
    },
  };
  return written(table, [taken, bucketItem(table.name, { ...place, bucket: to, counters, by: 'buckets' })]);
}

/** Whether it was written. A bucket that changed since it was read is left for the next round. */
async function written(table: Table, items: TransactItem[]): Promise<boolean> {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const { outcome } = await transact(table, items);
    if (outcome === 'written') return true;
    if (outcome === 'condition') return false;
    await backOff(attempt);
  }
  return false;
}
