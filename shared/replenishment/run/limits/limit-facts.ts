import type { Product, Warehouse } from '../../../catalogue/index.ts';
import type { Currency } from '../../../kernel/currency.ts';
import type { Money } from '../../../kernel/money.ts';
import type { CalendarDate } from '../../../kernel/time.ts';
import type { Supplier, SupplierOffer } from '../../purchasing/supplier.ts';
import type { ProposedNeed } from '../proposed-need.ts';

/** What limits the purchases of a period. */
export interface BudgetLeft {
  readonly limit: Money;
  /** What purchase orders of the period have taken already, in its currency. */
  readonly spent: Money;
  /** The last day of the period. */
  readonly until: CalendarDate;
}

export type ReceivingWarehouse = Pick<Warehouse, 'warehouseId' | 'receiving' | 'workingDays' | 'holidays'>;

/** What is stored at a warehouse and comes to it, in units of all products. */
export interface StoredUnits {
  readonly onHand: number;
  /** The mean that a day takes, by the forecasts. */
  readonly perDay: number;
}

/** What a run knows when it limits its needs. */
export interface LimitFacts {
  readonly day: CalendarDate;
  readonly budget?: BudgetLeft | undefined;
  readonly suppliers: ReadonlyMap<string, Supplier>;
  readonly products: ReadonlyMap<string, Product>;
  readonly warehouses: ReadonlyMap<string, ReceivingWarehouse>;
  /** Units of open orders by warehouse and day of arrival. */
  readonly arrivals: ReadonlyMap<string, ReadonlyMap<CalendarDate, number>>;
  readonly stored: ReadonlyMap<string, StoredUnits>;
  readonly convert: (amount: Money, to: Currency) => Money | undefined;
}

/** A part of a need: units from one supplier, or from one warehouse. */
export interface LimitedPart {
  readonly need: ProposedNeed;
  readonly kind: 'purchase' | 'transfer';
  /** The supplier, or the warehouse that gives. */
  readonly from: string;
  readonly units: number;
  readonly offer?: SupplierOffer;
  readonly arrivesOn: CalendarDate;
  /** Units of the need that come before it. */
  readonly before: number;
}
