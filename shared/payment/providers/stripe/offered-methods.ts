import type { OfferedMethod } from '../../provider.ts';
import { reservationTimes } from '../../reservation-times.ts';
import { stripeCurrencies, stripeMinAmountMinor } from './currencies.ts';

const minAmountMinor = stripeMinAmountMinor;

/**
 * Cards, and the local methods for which Stripe's documentation names manual capture. We offer only methods that
 * authorise first and capture later, because we capture after screening. Each entry's countries match its currencies
 * (Klarna and MobilePay require the currency of the customer's country).
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
