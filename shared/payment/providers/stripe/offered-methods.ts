import type { OfferedMethod } from '../../provider.ts';
import { reservationTimes } from '../../reservation-times.ts';
import { stripeCurrencies, stripeLeastAmountMinor } from './currencies.ts';

const leastAmountMinor = stripeLeastAmountMinor;

/**
 * Methods that hold the money first and take it later, because we take it only after screening: cards, and the
 * local methods of which Stripe's documentation says that they support manual capture. Each entry's countries
 * go with its currencies (Klarna and MobilePay want the customer's own).
 */
export const offeredMethods: readonly OfferedMethod[] = [
  { method: 'card', currencies: stripeCurrencies, leastAmountMinor, reservationMs: reservationTimes.card },
  {
    method: 'klarna',
    countries: ['AT', 'BE', 'DE', 'ES', 'FI', 'FR', 'GR', 'IE', 'IT', 'NL', 'PT'],
    currencies: ['EUR'],
    leastAmountMinor,
    reservationMs: reservationTimes.klarna,
  },
  {
    method: 'klarna',
    countries: ['GB'],
    currencies: ['GBP'],
    leastAmountMinor,
    reservationMs: reservationTimes.klarna,
  },
  {
    method: 'klarna',
    countries: ['US'],
    currencies: ['USD'],
    leastAmountMinor,
    reservationMs: reservationTimes.klarna,
  },
  {
    method: 'mobilepay',
    countries: ['DK'],
    currencies: ['DKK'],
    leastAmountMinor,
    reservationMs: reservationTimes.mobilepay,
  },
];
