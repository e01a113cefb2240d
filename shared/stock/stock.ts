import type { Instant } from '../kernel/time.ts';
import type { StockPlace } from './change.ts';
import type { StockMovement, StockTransfer } from './movement.ts';
import type { StockPosition } from './position.ts';

/**
 * `transfer-exists`: the SKU has already left in that transfer. `transfer-unknown`: it never did. `transfer-elsewhere`:
 * it goes to another warehouse. `not-enough`: more than the units there are. `busy`: too many requests write the same
 * stock, or its units are being moved between buckets.
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
  /** Applies a movement once per key; its record is written with it. */
  move(movement: StockMovement, key: string, now: Instant): Promise<MovementOutcome>;
  /** Whether exactly this movement was made with this key. */
  hasMoved(movement: StockMovement, key: string): Promise<boolean>;
  /** Every warehouse's position of the SKU; empty when it was never received anywhere. */
  positions(sku: string): Promise<StockPosition[]>;
  /** Transfers of the SKU with units still on the way. */
  openTransfers(sku: string): Promise<StockTransfer[]>;
}

/** `unknown`: there is no stock record. `busy`: another process is moving units between its buckets. */
export type BucketsOutcome = 'set' | 'unknown' | 'busy';

/** Spreads the units of a place over buckets. Each step is a transaction of its own that keeps the sum. */
export interface StockRebalancing {
  /** Sets the number of buckets and evens units out. Demand never lowers it below `minBuckets`. */
  setBuckets(place: StockPlace, buckets: number, minBuckets?: number): Promise<BucketsOutcome>;
  /** Evens out the available units. */
  evenOut(place: StockPlace): Promise<BucketsOutcome>;
}

/** The demand at a place since the last look. */
export interface DemandNote extends StockPlace {
  readonly reservations: number;
  readonly conflicts: number;
  readonly since: Instant;
  readonly quietLooks: number;
}

/** The places in demand. */
export interface StockDemand {
  list(): Promise<DemandNote[]>;
  /** Adds a place without demand to the list. */
  watch(place: StockPlace, now: Instant): Promise<void>;
  /** Starts the next count at `now`; counts added after the note was read stay. */
  settle(note: DemandNote, now: Instant, quietLooks: number): Promise<void>;
}

/** The layout of a place's units, for the job that follows demand. */
export interface StockSpread {
  readonly buckets: number;
  readonly minBuckets: number;
  /** Units that can be sold, bucket by bucket, including abandoned buckets. */
  readonly available: readonly number[];
}
