import type { CalendarDate } from '../kernel/time.ts';
import type { RatesInUse } from './additional-rates.ts';
import type { ExchangeRates, RateKind } from './exchange-rates.ts';

export interface RatesStore {
  /** The daily rates of the latest day, with the additional ones that have not expired. */
  current(): Promise<RatesInUse | undefined>;
  /** The customs authorities' rates of the current month; at the turn of a month, of both months. */
  customs(): Promise<ExchangeRates[]>;
  /**
   * Stores them under their kind and their day or month. Additional rates are stored by currency, and only where no
   * rate of a later day is stored.
   */
  put(rates: ExchangeRates): Promise<void>;
  /** The rates of the latest day, as stored now, without the additional ones. */
  latestDaily(): Promise<ExchangeRates | undefined>;
  /** The additional rates as stored now, expired ones included: one table for each currency. */
  additional(): Promise<ExchangeRates[]>;
  /** The table of that kind and day, or month, as stored now. */
  of(
    kind: Exclude<RateKind, 'additional'>,
    period: CalendarDate | string,
  ): Promise<ExchangeRates | undefined>;
}
