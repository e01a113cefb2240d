import type { Fact } from '../../events/all-events.ts';
import type { Money } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import type { TaxEntry } from './tax-entry.ts';

/** Units of a SKU that move between the states of one warehouse's stock. Positive adds, negative takes. */
export interface StockMove {
  readonly sku: string;
  readonly warehouseId: string;
  readonly available: number;
  readonly reserved: number;
  readonly onHand: number;
  readonly shipped: number;
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

/** What the lists and the sweeper need to know of an order without reading its facts. */
export interface OrderHead {
  readonly status: string;
  /** Which list of the operators it is on. */
  readonly list: 'open' | 'attention' | 'closed';
  readonly storefrontId: string;
  readonly placedAt: Instant;
  /** When somebody must look at it again if nothing happens; absent when it is at its end. */
  readonly dueAt: Instant | undefined;
  /** The warehouses that still have to do something for it. */
  readonly warehouses: readonly string[];
}

/** By what a partner names one of our parcels, so that its calls find the order. */
export interface Reference {
  readonly kind: 'carrier' | 'customs' | 'warehouse';
  readonly reference: string;
  readonly orderId: string;
  readonly parcelId: string;
}

/** What facts bring about in our own table, written in the same transaction as they are. */
export interface Consequences {
  readonly head: OrderHead;
  readonly stock: readonly StockMove[];
  readonly journals: readonly Journal[];
  readonly references: readonly Reference[];
  /** Delivery slots in which a booked place comes free. */
  readonly freedSlots: readonly string[];
  /** What goes into the returns of the tax schemes. */
  readonly taxEntries: readonly TaxEntry[];
}

/** Pure: the consequences of adding `added` to an order whose facts so far are `before`. */
export type Project = (before: readonly Fact[], added: readonly Fact[]) => Consequences;
