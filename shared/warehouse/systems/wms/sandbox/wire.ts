/**
 * The requests, answers and callbacks of the warehouse management system's API.
 *
 * `POST /v1/dispatch-orders`                            Bearer key, Idempotency-Key required; DispatchOrderRequest -> 202 DispatchOrderView
 * `GET  /v1/dispatch-orders/{dispatchId}`               DispatchOrderView
 * `POST /v1/dispatch-orders/{dispatchId}/cancellation`  { reason? } -> 200 CancellationAnswer; also for an order that has not come
 *
 * Errors are `application/problem+json`: 400 without Idempotency-Key or with unreadable JSON, 401 for a wrong key, 404 for
 * an unknown order, 409 for a dispatchId sent under another key, 422 for wrong fields and for a reused Idempotency-Key
 * with another body. A repeat with the same key and body gets the first answer again, with `Idempotent-Replayed: true`.
 *
 * Callbacks (WarehouseCallback) carry Standard Webhooks headers. Weights are grams, lengths millimetres, times RFC 3339 UTC.
 *
 * The statuses are accepted -> picked -> packed -> handed_over, or accepted -> short. An order that is short ends there,
 * and nothing leaves the warehouse. A cancellation is granted until the parcel is packed. Later it gets `too_late`.
 * An order that has not arrived can be cancelled too: it is shown as cancelled (ClosedOrderView), and is refused with 409
 * when it arrives.
 */

export interface DispatchOrderRequest {
  dispatchId: string;
  warehouseId: string;
  parcelId: string;
  lines: DispatchLine[];
  /** The label of the only carton, or of the first carton. */
  label: CartonLabel;
  /** The contents and the label of each carton. All cartons together hold the lines. One carton if absent. */
  cartons?: Carton[];
  /** When the parcel must have left the warehouse. */
  shipBy: string;
  /** The warehouses that the parcel passes by line-haul before the carrier receives it. None if absent. */
  via?: string[];
}

export interface CartonLabel {
  url: string;
  trackingNumber: string;
  carrier: string;
}

interface Carton {
  label: CartonLabel;
  dimensions: { lengthMm: number; widthMm: number; heightMm: number };
  lines: { sku: string; quantity: number }[];
}

interface DispatchLine {
  sku: string;
  quantity: number;
  /** The expected weight of one unit; 250 g if absent. The measured weight also contains the packaging. */
  unitWeightGrams?: number;
}

export type DispatchOrderStatus =
  | 'received'
  | 'accepted'
  | 'picked'
  | 'packed'
  | 'short'
  | 'handed_over'
  | 'cancelled';

export interface DispatchOrderView {
  dispatchId: string;
  warehouseId: string;
  parcelId: string;
  status: DispatchOrderStatus;
  lines: DispatchLine[];
  shipBy: string;
  via?: string[];
  trackingNumber: string;
  cartons?: Carton[];
  /** The weight of all cartons. */
  weightGrams?: number;
  dimensionsMm?: { length: number; width: number; height: number };
  shortLines?: ShortLine[];
  /** When each status was reached. */
  history: { status: DispatchOrderStatus; occurredAt: string }[];
}

/** An order that was cancelled before it came. */
export interface ClosedOrderView {
  dispatchId: string;
  status: 'cancelled';
  history: { status: 'cancelled'; occurredAt: string }[];
}

interface ShortLine {
  sku: string;
  ordered: number;
  picked: number;
}

export interface CancellationAnswer {
  dispatchId: string;
  outcome: 'cancelled' | 'too_late';
}

export interface WarehouseCallback {
  type:
    | 'dispatch_order.accepted'
    | 'dispatch_order.picked'
    | 'dispatch_order.packed'
    | 'dispatch_order.short'
    | 'dispatch_order.handed_over'
    | 'dispatch_order.cancelled';
  timestamp: string;
  data: {
    dispatchId: string;
    warehouseId: string;
    parcelId: string;
    occurredAt: string;
    /** The measured weight. Absent before the order is packed. */
    weightGrams?: number;
    dimensionsMm?: { length: number; width: number; height: number };
    /** With `short` only. */
    shortLines?: ShortLine[];
    /** With `handed_over` only. */
    trackingNumber?: string;
  };
}
