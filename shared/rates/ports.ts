import type { ExchangeRates } from './exchange-rates.ts';

export interface RatesStore {
  /** The daily rates of the latest day. */
  current(): Promise<ExchangeRates | undefined>;
  /** The customs authorities' rates of the current month; at the turn of a month, of both months. */
  customs(): Promise<ExchangeRates[]>;
  /** Stores them under their kind and their day or month. */
  put(rates: ExchangeRates): Promise<void>;
}
