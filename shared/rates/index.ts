export { type RatesInUse, withAdditional } from './additional-rates.ts';
export { customsRateFor } from './customs-rate.ts';
export {
  areYetToCome,
  type ExchangeRates,
  exchangeRatesBodySchema,
  exchangeRatesSchema,
  type RateKind,
  rateBetween,
  rateKinds,
  ratesExpireAt,
} from './exchange-rates.ts';
export { convertAmount, type FxLock, lockRates, type StaleRates } from './fx-lock.ts';
export type { RatesStore } from './ports.ts';
export { isEcbPublicationDay } from './published/publication-days.ts';
