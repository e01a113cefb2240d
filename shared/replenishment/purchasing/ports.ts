import type { ReplenishmentFact } from '../../../events/replenishment.ts';
import type { Instant } from '../../kernel/time.ts';
import type { WantedVersions } from '../../kernel/version.ts';
import type { ReceiptEffects } from '../inbound/receipt-effects.ts';
import type { OrderState } from './order-state.ts';
import type { DeliveryOutcome } from './scorecard.ts';
import type { PurchasingSettings } from './settings.ts';
import type { Supplier } from './supplier.ts';

/** Suppliers, the merchant's settings, and how deliveries went. */
export interface SupplierStore {
  /** Gives the version that is stored now; undefined if only some may be replaced and another one is stored. */
  put(supplier: Supplier, only?: WantedVersions): Promise<string | undefined>;
  find(supplierId: string): Promise<Supplier | undefined>;
  /** In the order of the codes; undefined where there is none. */
  findAll(supplierIds: readonly string[]): Promise<readonly (Supplier | undefined)[]>;
  /** Stores all of them or none; at most 100. Throws TooManyWriters. */
  putAll(suppliers: readonly Supplier[]): Promise<void>;
  /** In the order of their codes. Undefined when the cursor isn't ours. */
  page(limit: number, cursor?: string): Promise<Page<Supplier> | undefined>;
  all(): Promise<readonly Supplier[]>;
  /** The latest deliveries of a supplier, newest first. */
  outcomesOf(supplierId: string): Promise<readonly DeliveryOutcome[]>;
  settings(): Promise<PurchasingSettings>;
  putSettings(settings: PurchasingSettings): Promise<void>;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor: string | undefined;
}

/** A request of an operator, by which a repeat is recognised. */
export interface OrderRequest {
  readonly key: string;
  /** The fingerprint of what was asked for. */
  readonly print: string;
}

/** One step of an order. */
export interface OrderStep {
  readonly facts: readonly [ReplenishmentFact, ...ReplenishmentFact[]];
  readonly request?: OrderRequest;
  /** Who asked for it: kept with the step, and never published. */
  readonly operator?: string;
}

/** An order as it is stored. */
export interface StoredOrder {
  readonly state: OrderState;
  readonly steps: readonly OrderStep[];
  /** While it is being sent to its supplier. */
  readonly sendingUntil?: Instant;
  /** How often sending it, or its cancellation, failed. */
  readonly sendAttempts: number;
  /** When the supplier had taken the cancellation. */
  readonly cancellationTakenAt?: Instant;
}

/** How an open order stands, without its facts. */
export type OpenOrder = Omit<StoredOrder, 'steps'>;

/** An open order that covers a need. */
export interface OpenCover {
  readonly replenishmentOrderId: string;
  readonly runId: string;
  readonly part: number;
}

/** The open orders of a SKU at a warehouse, and the revision of that list. */
export interface Cover {
  readonly open: readonly OpenCover[];
  readonly revision: number;
}

export interface SkuPlace {
  readonly sku: string;
  readonly warehouseId: string;
}

/** `conflict`: somebody else wrote the order or a need meanwhile; load and decide again. */
type Written = 'written' | 'conflict';

/** Replenishment orders, and which of them are open for a need. */
export interface OrderStore {
  load(replenishmentOrderId: string): Promise<StoredOrder | undefined>;
  coverOf(places: readonly SkuPlace[]): Promise<readonly Cover[]>;
  /** Writes a new order, if nobody wrote it and the covers of its lines are still those. */
  place(order: {
    readonly step: OrderStep;
    readonly state: OrderState;
    readonly covers: readonly { readonly place: SkuPlace; readonly part: number; readonly cover: Cover }[];
  }): Promise<Written>;
  /** Appends a step, and all that follows from it, together or not at all. */
  append(step: {
    readonly before: StoredOrder;
    readonly after: OrderState;
    readonly step: OrderStep;
    readonly effects?: ReceiptEffects;
    readonly now: Instant;
  }): Promise<Written | { readonly outcome: 'not-enough-stock'; readonly places: readonly SkuPlace[] }>;
  /** Newest first. Undefined when the cursor isn't ours. */
  page(list: 'open' | 'ended', limit: number, cursor?: string): Promise<Page<StoredOrder> | undefined>;
  /** How every open order stands, the newest first. Their facts are not kept, so that many orders fit into memory. */
  open(): Promise<readonly OpenOrder[]>;
  /** Orders that are to be sent, or whose cancellation is, at this instant; oldest first. */
  dueToSend(now: Instant, limit: number): Promise<readonly string[]>;
  /** Takes the order for sending until then; false where somebody else has it or it has moved on. */
  beginSending(order: StoredOrder, now: Instant, until: Instant): Promise<boolean>;
  /** Notes that sending failed, and when to try again. */
  sendingFailed(order: StoredOrder, retryAt: Instant): Promise<void>;
  /** Notes that nothing more is to be done for a cancelled order. `takenAt`: the supplier has the cancellation. */
  cancellationDone(order: StoredOrder, takenAt: Instant | undefined): Promise<void>;
}
