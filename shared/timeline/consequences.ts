import type { Fact } from '../../events/all-events.ts';
import type { Money } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import type { Attention } from './attention.ts';
import type { TaxEntry } from './tax-entry.ts';

/** Units of a SKU that move between the states of one warehouse's stock. Positive adds, negative takes. */
export interface StockMove {
  readonly sku: string;
  readonly warehouseId: string;
  readonly available: number;
  readonly reserved: number;
  readonly onHand: number;
  readonly shipped: number;
  readonly writtenOff: number;
}

/** One side of a journal: a positive amount is a debit, a negative one a credit. */
export interface Posting {
  readonly account: string;
  readonly amount: Money;
}

/** A balanced entry in the ledger, named by the fact that caused it. */
export interface Journal {
  readonly orderId: string;
  readonly factSequence: number;
  readonly occurredAt: Instant;
  readonly description: string;
  readonly postings: readonly Posting[];
}

/** What the lists and the sweeper need of an order. Only the places in the indexes are stored. */
export interface OrderHead {
  readonly status: string;
  /** The operators' list that the order is on. */
  readonly list: 'open' | 'attention' | 'closed';
  readonly storefrontId: string;
  readonly placedAt: Instant;
  /** When to look at the order again if nothing happens; absent when it has ended. */
  readonly dueAt: Instant | undefined;
  /** Why a person has to look at the order; empty if nobody has to. */
  readonly attention: readonly Attention[];
  /** The warehouses that still have work for the order. */
  readonly warehouses: readonly string[];
}

/** The change of the order's entry in the due index. */
export type DueMove = 'leave' | 'remove' | { readonly to: Instant };

/** A partner's name for one of our parcels, so that its calls find the order, and nobody else's do. */
export interface Reference extends PartnerName {
  readonly orderId: string;
  readonly parcelId: string;
}

/** What a partner calls a parcel. Two partners of a kind may use the same name for different parcels. */
export interface PartnerName {
  readonly kind: 'carrier' | 'customs' | 'warehouse';
  /** The code of the partner. */
  readonly code: string;
  readonly reference: string;
}

/**
 * The changes in our own table that facts cause. They are written with the facts or not at all, except references,
 * which are written before them.
 */
export interface Consequences {
  readonly head: OrderHead;
  readonly dueMove: DueMove;
  readonly stock: readonly StockMove[];
  readonly journals: readonly Journal[];
  readonly references: readonly Reference[];
  /** Delivery slots in which a booked place becomes free. */
  readonly freedSlots: readonly string[];
  /** Entries for the returns of the tax schemes. */
  readonly taxEntries: readonly TaxEntry[];
}

/** Pure: the consequences of adding `added` to an order whose facts so far are `before`. */
export type Project = (before: readonly Fact[], added: readonly Fact[]) => Consequences;
