import type * as z from 'zod';
import type { Instant } from '../../kernel/time.ts';
import type { Placed, SlottingMove, StorageZones, slottingMoveSchema } from './storage-zone.ts';

/** A proposed move, and since when. */
export type OpenMove = z.infer<typeof slottingMoveSchema>;

/** The zones of warehouses, where products lie in them, and the moves that were proposed. */
export interface SlottingStore {
  /** In the order of the codes; undefined where a warehouse has no zones. */
  layouts(warehouseIds: readonly string[]): Promise<readonly (StorageZones | undefined)[]>;
  putLayout(warehouseId: string, layout: StorageZones): Promise<void>;
  /** Where all products lie, by SKU. */
  places(warehouseId: string): Promise<ReadonlyMap<string, string>>;
  /** Where these products lie, in their order; undefined where it is not known. */
  placesOf(warehouseId: string, skus: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** Stores all of them or none; at most 100. Throws TooManyWriters. */
  putPlaces(warehouseId: string, placed: readonly Placed[]): Promise<void>;
  openMoves(warehouseId: string): Promise<readonly OpenMove[]>;
  /** Proposes or ends a move and publishes it, together; nothing where it was so already. */
  propose(move: SlottingMove, now: Instant): Promise<void>;
  end(move: SlottingMove, outcome: 'made' | 'not-wanted', now: Instant): Promise<void>;
}
