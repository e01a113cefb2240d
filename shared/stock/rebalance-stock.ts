import { type Clock, toInstant } from '../kernel/time.ts';
import { bucketsForDemand } from './bucket-count.ts';
import type { StockPlace } from './change.ts';
import { isUneven } from './even-out.ts';
import type { DemandNote, StockDemand, StockRebalancing, StockSpread } from './stock.ts';

export interface RebalanceStock {
  readonly demand: StockDemand;
  readonly rebalancing: StockRebalancing & { spreadOf(place: StockPlace): Promise<StockSpread | undefined> };
  readonly clock: Clock;
  /** When to stop, so that the function ends in time; the next run continues. */
  readonly deadlineMs: number;
}

export interface RebalanceSummary {
  readonly watched: number;
  readonly raised: number;
  readonly lowered: number;
  readonly evened: number;
  readonly busy: number;
  readonly [name: string]: number;
}

/** Handles every place in demand, and gives it the number of buckets that its demand needs. */
export async function rebalanceStock(deps: RebalanceStock): Promise<RebalanceSummary> {
  const count = { raised: 0, lowered: 0, evened: 0, busy: 0 };
  const notes = await deps.demand.list();
  const endsAt = deps.clock().getTime() + deps.deadlineMs;
  let watched = 0;
  for (const note of notes) {
    if (deps.clock().getTime() >= endsAt) break;
    watched += 1;
    const done = await lookAt(note, deps);
    if (done !== 'nothing') count[done] += 1;
  }
  return { watched, ...count };
}

async function lookAt(
  note: DemandNote,
  { demand, rebalancing, clock }: RebalanceStock,
): Promise<'raised' | 'lowered' | 'evened' | 'busy' | 'nothing'> {
  const spread = await rebalancing.spreadOf(note);
  if (spread === undefined) return 'nothing';
  const isStill = note.reservations === 0 && note.conflicts === 0;
  // A place without demand and with one bucket costs only the read.
  if (isStill && spread.buckets === 1 && spread.available.length === 1) return 'nothing';
  const now = toInstant(clock());
  const { buckets, quietLooks } = bucketsForDemand({
    ...spread,
    ...note,
    duringMs: Date.parse(now) - Date.parse(note.since),
    available: spread.available.reduce((sum, units) => sum + units, 0),
  });
  const isOff = buckets !== spread.buckets;
  if (isOff || isUneven(spread.available, buckets)) {
    const outcome = await (isOff ? rebalancing.setBuckets(note, buckets) : rebalancing.evenOut(note));
    // The counts stay for the next look, which then includes them.
    if (outcome !== 'set') return 'busy';
  }
  await demand.settle(note, now, quietLooks);
  if (!isOff) return isUneven(spread.available, buckets) ? 'evened' : 'nothing';
  return buckets > spread.buckets ? 'raised' : 'lowered';
}
