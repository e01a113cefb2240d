import type { ExchangeRates } from './exchange-rates.ts';

export interface RatesStore {
  /** The daily rates of the latest day. */
  current(): Promise<ExchangeRates | undefined>;
  /** The customs authorities' monthly rates of the month that it is; of both at the turn of a month. */
  customs(): Promise<ExchangeRates[]>;
  /** Stores them under their kind and their day or month. */
  put(rates: ExchangeRates): Promise<void>;
}
