import type { Dimensions } from '../kernel/measure.ts';
import type { Instant } from '../kernel/time.ts';
import { type Adapter, type BoundPlugIn, definePlugIn, type PlugIn } from '../partners/plug-in.ts';

export interface CartonLabel {
  readonly url: string;
  readonly trackingNumber: string;
  readonly carrier: string;
}

/** One of several cartons. Its label and customs form are of what is to be in it. */
export interface CartonToPack {
  readonly label: CartonLabel;
  readonly dimensions: Dimensions;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/**
 * What the warehouse is asked to do: pick the lines, pack one parcel, put the label on, hand it over: to the carrier,
 * or to the line-haul that takes it to the first warehouse of `via`. A parcel of several cartons says what goes in
 * each.
 */
export interface DispatchOrder {
  readonly dispatchId: string;
  readonly parcelId: string;
  readonly warehouseId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** Of the first carton, where there are several. */
  readonly label: CartonLabel;
  /** Together they hold the lines; absent where one carton does. */
  readonly cartons?: readonly CartonToPack[];
  readonly shipBy: Instant;
  /** Warehouses that the parcel passes; the carrier on the label takes it over at the last. */
  readonly via?: readonly string[];
}

/** What the warehouse says it did, in our words. */
export interface WarehouseUpdate {
  readonly dispatchId: string;
  readonly status:
    | 'accepted'
    | 'picked'
    | 'packed'
    | 'short'
    | 'handed-over'
    | 'cancelled'
    /** A word that we do not know: kept raw, raised as an alarm. */
    | 'unrecognised';
  readonly word: string;
  readonly occurredAt: Instant;
  /** With `packed`: the parcel on the scale. */
  readonly weightGrams?: number | undefined;
  /** With `short`. */
  readonly short?: readonly { readonly sku: string; readonly missingQuantity: number }[] | undefined;
}

/**
 * A warehouse management system, with its settings and the sender. A dispatch order is undone by cancellation, until
 * the parcel is handed over. Calls throw PartnerUnavailable when no usable answer came.
 */
export interface BoundWarehouseSystem extends BoundPlugIn {
  /** Idempotency key: `dispatchId`. */
  request(now: Instant, order: DispatchOrder): Promise<void>;
  /**
   * `too-late` from packing on. An order that the warehouse never got is cancelled too: whoever asks does not
   * send it afterwards.
   */
  cancel(now: Instant, query: { readonly dispatchId: string }): Promise<'cancelled' | 'too-late'>;
  /** Everything the warehouse did so far for this order, oldest first; undefined when it does not know it. */
  find(now: Instant, query: { readonly dispatchId: string }): Promise<readonly WarehouseUpdate[] | undefined>;
  interpret(rawBody: Buffer): WarehouseUpdate | { readonly ignored: string };
}

/** An entry of the registry. */
export type WarehouseSystem<Code extends string = string> = PlugIn<Code, BoundWarehouseSystem>;

/** Makes a registry entry of what an author wrote: keeps the literal code, hides the type of the settings. */
export function defineWarehouseSystem<const Code extends string, Settings>(
  adapter: Adapter<Code, Settings, BoundWarehouseSystem>,
): WarehouseSystem<Code> {
  return definePlugIn<Code, Settings, BoundWarehouseSystem>(adapter);
}
