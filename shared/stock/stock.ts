import type { Instant } from '../kernel/time.ts';
import type { StockPlace } from './change.ts';
import type { StockMovement, StockTransfer } from './movement.ts';
import type { StockPosition } from './position.ts';

/**
 * `transfer-exists`: the SKU left in that transfer before. `transfer-unknown`: it never did. `transfer-elsewhere`: it
 * goes to another warehouse. `not-enough`: more than there is where the units would be taken from. `busy`: too many
 * write the same stock, or its units are being moved between buckets.
 */
export type MovementOutcome =
  | 'moved'
  | 'already-moved'
  | 'key-reused'
  | 'not-enough'
  | 'transfer-exists'
  | 'transfer-unknown'
  | 'transfer-elsewhere'
  | 'busy';

export interface StockStore {
  /** Applies a movement once per key; the record of the movement is written with it. */
  move(movement: StockMovement, key: string, now: Instant): Promise<MovementOutcome>;
  /** Whether this very movement was made with this key. */
  hasMoved(movement: StockMovement, key: string): Promise<boolean>;
  /** Every warehouse's position of the SKU; empty when it was never received anywhere. */
  positions(sku: string): Promise<StockPosition[]>;
  /** Transfers of the SKU with units still on the way. */
  openTransfers(sku: string): Promise<StockTransfer[]>;
}

/** `unknown`: no stock of it there yet. `busy`: somebody else is moving units between its buckets. */
export type BucketsOutcome = 'set' | 'unknown' | 'busy';

/** Spreads the units of a place over buckets. Each step is a transaction of its own that leaves the sum as it is. */
export interface StockRebalancing {
  /** Sets how many buckets there are and evens units out. `minBuckets` keeps demand from lowering it below. */
  setBuckets(place: StockPlace, buckets: number, minBuckets?: number): Promise<BucketsOutcome>;
  /** Evens out the units that can be sold. */
  evenOut(place: StockPlace): Promise<BucketsOutcome>;
}

/** What buyers met at a place since somebody last looked. */
export interface DemandNote extends StockPlace {
  readonly reservations: number;
  readonly conflicts: number;
  readonly since: Instant;
  readonly quietLooks: number;
}

/** The places that many wanted at once. */
export interface StockDemand {
  list(): Promise<DemandNote[]>;
  /** Puts a place on the list that nobody has crowded yet. */
  watch(place: StockPlace, now: Instant): Promise<void>;
  /** Begins the next count at `now`; what came in since the note was read stays counted. */
  settle(note: DemandNote, now: Instant, quietLooks: number): Promise<void>;
}

/** What spreads a place's units, as the job that follows demand needs to know it. */
export interface StockSpread {
  readonly buckets: number;
  readonly minBuckets: number;
  /** Units that can be sold, bucket by bucket, buckets that are given up included. */
  readonly available: readonly number[];
}
