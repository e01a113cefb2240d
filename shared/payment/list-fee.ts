import type { Country } from '../kernel/country.ts';
import type { Currency } from '../kernel/currency.ts';
import type { CalendarDate } from '../kernel/time.ts';

/**
 * A row of the fees that a provider publishes. They depend on where the merchant has its account, and a contract may
 * say less: the terms of the merchant come first. Only what a page of the provider says is a row.
 */
export interface ListFee {
  /** Absent: all methods of the provider. */
  readonly methods?: readonly string[];
  /** The countries of the merchant's seat. */
  readonly sellerIn: readonly Country[];
  /** The countries of destination, which stand for that of the card or account; absent: all others. */
  readonly countries?: readonly Country[];
  /** Of each captured amount. */
  readonly percent: string;
  /** Of each capture, in minor units, by currency. The row is about payments in these currencies alone. */
  readonly fixedMinor: Readonly<Partial<Record<Currency, number>>>;
  /** The first day on which it is known to hold, and the last one. */
  readonly from: CalendarDate;
  readonly until?: CalendarDate;
  /** The page, and the day on which it was read. */
  readonly source: string;
}

/** The published fees by the code of the provider, and the country of the merchant's seat. */
export interface PublishedFees {
  readonly lists: Readonly<Record<string, readonly ListFee[]>>;
  readonly sellerIn?: Country | undefined;
}
