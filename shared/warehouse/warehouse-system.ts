import type { Dimensions } from '../kernel/measure.ts';
import type { Instant } from '../kernel/time.ts';
import { type Adapter, type BoundBySecrets, definePlugIn, type PlugIn } from '../partners/plug-in.ts';

interface CartonLabel {
  readonly url: string;
  readonly trackingNumber: string;
  readonly carrier: string;
}

/** One of several cartons. Its label and customs form describe its contents. */
export interface CartonToPack {
  readonly label: CartonLabel;
  readonly dimensions: Dimensions;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/**
 * The work that the warehouse is asked for: pick the lines, pack one parcel, put the label on, and hand it over to the
 * carrier, or to the line-haul that takes it to the first warehouse of `via`. A parcel of several cartons lists the
 * contents of each.
 */
export interface DispatchOrder {
  readonly dispatchId: string;
  readonly parcelId: string;
  readonly warehouseId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** Of the first carton, if there are several. */
  readonly label: CartonLabel;
  /** Together they hold all lines; absent if there is one carton. */
  readonly cartons?: readonly CartonToPack[];
  readonly shipBy: Instant;
  /** Warehouses that the parcel passes; the carrier on the label collects it at the last. */
  readonly via?: readonly string[];
}

/** A warehouse's report in our words. */
export interface WarehouseUpdate {
  readonly dispatchId: string;
  readonly status:
    | 'accepted'
    | 'picked'
    | 'packed'
    | 'short'
    | 'handed-over'
    | 'cancelled'
    /** A word that we don't know: kept as it is, raises an alarm. */
    | 'unrecognised';
  readonly word: string;
  readonly occurredAt: Instant;
  /** With `packed`: the weight on the scale. */
  readonly weightGrams?: number | undefined;
  /** With `short`. */
  readonly short?: readonly { readonly sku: string; readonly missingQuantity: number }[] | undefined;
}

/**
 * A warehouse management system, with its settings and the sender. A dispatch order is undone by cancellation, until
 * the parcel is handed over. Calls throw PartnerUnavailable when no usable answer came.
 */
export interface BoundWarehouseSystem extends BoundBySecrets {
  /** Idempotency key: `dispatchId`. A request that arrives after its cancellation is answered, and nothing is done. */
  request(now: Instant, order: DispatchOrder): Promise<void>;
  /**
   * `too-late` from packing on. It may be called again, and for an order that the warehouse never received: that one
   * counts as cancelled too, and the warehouse must not carry it out if it arrives later. A request can be overtaken.
   */
  cancel(now: Instant, query: { readonly dispatchId: string }): Promise<'cancelled' | 'too-late'>;
  /**
   * All work on this order so far, oldest first; undefined when the warehouse does not show it. It may lag behind, so
   * nobody concludes from it that an order did not arrive.
   */
  find(now: Instant, query: { readonly dispatchId: string }): Promise<readonly WarehouseUpdate[] | undefined>;
  interpret(rawBody: Buffer): WarehouseUpdate | { readonly ignored: string };
}

/** An entry of the registry. */
export type WarehouseSystem<Code extends string = string> = PlugIn<Code, BoundWarehouseSystem>;

/** Makes a registry entry from an adapter: keeps the literal code, hides the type of the settings. */
export function defineWarehouseSystem<const Code extends string, Settings>(
  adapter: Adapter<Code, Settings, BoundWarehouseSystem>,
): WarehouseSystem<Code> {
  return definePlugIn<Code, Settings, BoundWarehouseSystem>(adapter);
}
