import { minuteMs } from '../../../kernel/time.ts';
import type { MethodAbilities, OfferedMethod } from '../../provider.ts';
import { reservationTimes } from '../../reservation-times.ts';
import { adyenCurrencies, fewerDigits } from './currencies.ts';

/**
 * Adyen releases what one smaller capture leaves, unless several partial captures are enabled for the account
 * (docs.adyen.com/online-payments/capture). Card schemes honour an authorisation for different times: the shortest of
 * an online payment is seven days.
 */
const card: MethodAbilities = {
  ...{ flow: 'redirect', captures: 'after-screening', partialCapture: 'once', authenticates: false },
  authorisedDays: 7,
};
/** The shopper's bank authenticates, and the money moves at once: nothing is authorised first. */
const bank: MethodAbilities = {
  ...{ flow: 'redirect', captures: 'at-once', partialCapture: 'none', authenticates: true },
};

/** How long a shopper has at the page of a bank. */
const BANK_MS = 30 * minuteMs;

/** Adyen's type of each method, for the list of what its page offers. */
export const adyenTypes: Readonly<Record<string, string>> = {
  card: 'scheme',
  ideal: 'ideal',
  bancontact: 'bcmc',
  blik: 'blik',
};

/** Cards with 3-D Secure on Adyen's page, and the banks' methods of three countries. */
export const offeredMethods: readonly OfferedMethod[] = [
  {
    method: 'card',
    ...card,
    currencies: adyenCurrencies,
    digits: fewerDigits,
    reservationMs: reservationTimes.card,
  },
  { method: 'ideal', ...bank, countries: ['NL'], currencies: ['EUR'], reservationMs: BANK_MS },
  { method: 'bancontact', ...bank, countries: ['BE'], currencies: ['EUR'], reservationMs: BANK_MS },
  { method: 'blik', ...bank, countries: ['PL'], currencies: ['PLN'], reservationMs: BANK_MS },
];

/** Whether the shopper's payment by that method is the capture. */
export const isAtOnce = (method: string): boolean =>
  offeredMethods.find((one) => one.method === method)?.captures === 'at-once';
