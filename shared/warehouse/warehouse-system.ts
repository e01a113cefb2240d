import type { PlugIn, PlugInContext } from '../kernel/plug-in.ts';
import type { Instant } from '../kernel/time.ts';

/** What the warehouse is asked to do: pick the lines, pack one parcel, put the label on, hand it over. */
export interface DispatchOrder {
  readonly dispatchId: string;
  readonly parcelId: string;
  readonly warehouseId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly label: { readonly url: string; readonly trackingNumber: string; readonly carrier: string };
  readonly shipBy: Instant;
}

/** What the warehouse says it did, in our words. */
export interface WarehouseNews {
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
 * A warehouse management system. A dispatch order is undone by cancellation, until the parcel is handed over.
 * Calls throw PartnerUnavailable when no usable answer came.
 */
export interface WarehouseSystem<Code extends string = string, Settings = never>
  extends PlugIn<Code, Settings> {
  /** Idempotency key: `dispatchId`. */
  request(context: PlugInContext<Settings>, order: DispatchOrder): Promise<void>;
  cancel(
    context: PlugInContext<Settings>,
    query: { readonly dispatchId: string },
  ): Promise<'cancelled' | 'too-late'>;
  /** Everything the warehouse did so far for this order, oldest first; undefined when it does not know it. */
  find(
    context: PlugInContext<Settings>,
    query: { readonly dispatchId: string },
  ): Promise<readonly WarehouseNews[] | undefined>;
  interpret(rawBody: Buffer): WarehouseNews | { readonly ignored: string };
}

export function defineWarehouseSystem<const Code extends string, Settings>(
  system: WarehouseSystem<Code, Settings>,
): WarehouseSystem<Code, Settings> {
  return system;
}
