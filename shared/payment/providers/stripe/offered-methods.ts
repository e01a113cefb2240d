import type { MethodAbilities, OfferedMethod } from '../../provider.ts';
import { reservationTimes } from '../../reservation-times.ts';
import { stripeCurrencies, stripeMaxAmountMinor, stripeMinAmountMinor } from './currencies.ts';

const limits = { minAmountMinor: stripeMinAmountMinor, maxAmountMinor: stripeMaxAmountMinor };

/**
 * Stripe's documentation of each method, "capture later" and "refunds": less than the authorised amount may be captured
 * once. Klarna takes refunds for 180 days (docs.stripe.com/payments/klarna), MobilePay for 365
 * (developer.vippsmobilepay.com). The shopper's page at both asks for a bank identity or the app's code.
 */
const authorised = { flow: 'confirm', captures: 'after-screening', partialCapture: 'once' } as const;
const card: MethodAbilities = { ...authorised, authenticates: false };
/** Klarna pays for what was sent: its terms ask for the capture at the dispatch. */
const klarna: MethodAbilities = {
  ...authorised,
  ...{ captures: 'at-dispatch', authenticates: true, refundWindowDays: 180 },
};
const mobilepay: MethodAbilities = { ...authorised, authenticates: true, refundWindowDays: 365 };

/**
 * Cards, and the local methods for which Stripe's documentation names manual capture. We offer only methods that
 * authorise first and capture later, because we capture after screening. Each entry's countries match its currencies
 * (Klarna and MobilePay require the currency of the customer's country).
 */
export const offeredMethods: readonly OfferedMethod[] = [
  {
    method: 'card',
    ...card,
    currencies: stripeCurrencies,
    ...limits,
    reservationMs: reservationTimes.card,
  },
  {
    method: 'klarna',
    ...klarna,
    countries: ['AT', 'BE', 'DE', 'ES', 'FI', 'FR', 'GR', 'IE', 'IT', 'NL', 'PT'],
    currencies: ['EUR'],
    ...limits,
    reservationMs: reservationTimes.klarna,
  },
  {
    method: 'klarna',
    ...klarna,
    countries: ['GB'],
    currencies: ['GBP'],
    ...limits,
    reservationMs: reservationTimes.klarna,
  },
  {
    method: 'klarna',
    ...klarna,
    countries: ['US'],
    currencies: ['USD'],
    ...limits,
    reservationMs: reservationTimes.klarna,
  },
  {
    method: 'mobilepay',
    ...mobilepay,
    countries: ['DK'],
    currencies: ['DKK'],
    ...limits,
    reservationMs: reservationTimes.mobilepay,
  },
];
