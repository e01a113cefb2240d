import type { OfferedMethod } from '../../provider.ts';
import { reservationTimes } from '../../reservation-times.ts';
import { stripeCurrencies, stripeMinAmountMinor } from './currencies.ts';

const minAmountMinor = stripeMinAmountMinor;

/**
 * Methods that hold the money first and take it later, because we take it only after screening: cards, and the
 * local methods of which Stripe's documentation says that they support manual capture. Each entry's countries
 * go with its currencies (Klarna and MobilePay want the customer's own).
 */
export const offeredMethods: readonly OfferedMethod[] = [
  { method: 'card', currencies: stripeCurrencies, minAmountMinor, reservationMs: reservationTimes.card },
  {
    method: 'klarna',
    countries: ['AT', 'BE', 'DE', 'ES', 'FI', 'FR', 'GR', 'IE', 'IT', 'NL', 'PT'],
    currencies: ['EUR'],
    minAmountMinor,
    reservationMs: reservationTimes.klarna,
  },
  {
    method: 'klarna',
    countries: ['GB'],
    currencies: ['GBP'],
    minAmountMinor,
    reservationMs: reservationTimes.klarna,
  },
  {
    method: 'klarna',
    countries: ['US'],
    currencies: ['USD'],
    minAmountMinor,
    reservationMs: reservationTimes.klarna,
  },
  {
    method: 'mobilepay',
    countries: ['DK'],
    currencies: ['DKK'],
    minAmountMinor,
    reservationMs: reservationTimes.mobilepay,
  },
];
