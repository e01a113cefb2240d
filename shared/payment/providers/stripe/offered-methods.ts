import type { Country } from '../../../kernel/country.ts';
import type { Currency } from '../../../kernel/currency.ts';
import { dayMs, hourMs, minuteMs } from '../../../kernel/time.ts';
import type { MethodAbilities, OfferedMethod } from '../../provider.ts';
import { reservationTimes } from '../../reservation-times.ts';
import { stripeCurrencies, stripeMaxAmountMinor, stripeMinAmountMinor } from './currencies.ts';

const limits = { minAmountMinor: stripeMinAmountMinor, maxAmountMinor: stripeMaxAmountMinor };

/**
 * Stripe's documentation of each method, "capture later" and "refunds": less than the authorised amount may be captured
 * once. Klarna takes refunds for 180 days (docs.stripe.com/payments/klarna), MobilePay for 365
 * (developer.vippsmobilepay.com). The shopper's page at both asks for a bank identity or the app's code. The README
 * names the source of how long each authorisation is honoured.
 */
const authorised = { flow: 'confirm', captures: 'after-screening', partialCapture: 'once' } as const;
const card: MethodAbilities = { ...authorised, authenticates: false, chargesLater: true, authorisedDays: 7 };
/** Klarna pays for what was sent: its terms ask for the capture at the dispatch. */
const klarna: MethodAbilities = {
  ...authorised,
  ...{ captures: 'at-dispatch', authenticates: true, refundWindowDays: 180, authorisedDays: 28 },
};
const mobilepay: MethodAbilities = {
  ...authorised,
  ...{ authenticates: true, refundWindowDays: 365, authorisedDays: 7 },
};

/**
 * Instalments by a lender, which authorises first and is captured when the goods leave, as Klarna is. Affirm and
 * Afterpay take refunds for 120 days.
 */
const lender: MethodAbilities = {
  ...authorised,
  ...{ captures: 'at-dispatch', authenticates: true, refundWindowDays: 120 },
};
/** How long each of them honours an authorisation. */
const lenderDays = { affirm: 30, afterpay: 13 } as const;

/** The shopper pushes the money in an app or at a counter: nothing is authorised, and refunds end. */
const pushed = { captures: 'at-once', partialCapture: 'none' } as const;

/** A wallet's page, from which the shopper returns to the shop: Stripe refuses to confirm without an address. */
const page = { flow: 'redirect', ...pushed, payerNeeds: ['returnUrl'] } as const;

/** One country of a lender, which lends in the currency of the shopper's country only. Limits in minor units. */
const lends = (
  method: 'affirm' | 'afterpay',
  country: Country,
  currency: Currency,
  [least, most]: readonly [number, number],
): OfferedMethod => ({
  ...{ method, ...lender, authorisedDays: lenderDays[method] },
  ...{ countries: [country], currencies: [currency] },
  ...{ minAmountMinor: { [currency]: least }, maxAmountMinor: { [currency]: most } },
  reservationMs: hourMs,
});

/**
 * The methods that the shopper pays without Stripe's browser library: we confirm the intent, and its next action is an
 * address, a code or a voucher. The README names the page of each row. A counter authenticates nobody.
 */
const localMethods: readonly OfferedMethod[] = [
  {
    ...{ method: 'alipay', ...page, authenticates: true, refundWindowDays: 90 },
    ...{ countries: ['CN'], ...limits, reservationMs: 30 * minuteMs },
    currencies: ['CNY', 'AUD', 'CAD', 'EUR', 'GBP', 'HKD', 'JPY', 'MYR', 'NZD', 'SGD', 'USD'],
  },
  {
    ...{ method: 'wechat-pay', flow: 'qr', ...pushed, authenticates: true, refundWindowDays: 180 },
    ...{ countries: ['CN'], ...limits, reservationMs: hourMs },
    currencies: [
      ...(['CNY', 'AUD', 'CAD', 'CHF', 'DKK', 'EUR', 'GBP'] as const),
      ...(['HKD', 'JPY', 'NOK', 'SEK', 'SGD', 'USD'] as const),
    ],
  },
  {
    ...{ method: 'grabpay', ...page, authenticates: true, refundWindowDays: 90 },
    ...{ countries: ['SG'], currencies: ['SGD'], ...limits, reservationMs: 30 * minuteMs },
  },
  {
    ...{ method: 'grabpay', ...page, authenticates: true, refundWindowDays: 90 },
    ...{ countries: ['MY'], currencies: ['MYR'], ...limits, reservationMs: 30 * minuteMs },
  },
  {
    ...{ method: 'oxxo', flow: 'voucher', ...pushed, authenticates: false, countries: ['MX'] },
    ...{ currencies: ['MXN'], minAmountMinor: { MXN: 1_000 }, maxAmountMinor: { MXN: 1_000_000 } },
    // Stripe hears of a payment on the next business day: over a weekend with a holiday this takes three days.
    ...{ reservationMs: reservationTimes.oxxo + 3 * dayMs, payerNeeds: ['email', 'name'] },
  },
  {
    ...{ method: 'pix', flow: 'qr', ...pushed, authenticates: true, refundWindowDays: 90 },
    ...{ countries: ['BR'], currencies: ['BRL'], ...limits, reservationMs: reservationTimes.pix },
    payerNeeds: ['email', 'name', 'taxId'],
  },
  {
    ...{ method: 'upi', flow: 'redirect', ...pushed, authenticates: true, countries: ['IN'] },
    ...{ currencies: ['INR'], minAmountMinor: { INR: 50 }, maxAmountMinor: { INR: 10_000_000 } },
    reservationMs: 30 * minuteMs,
  },
];

/** Stripe's type of each method, where it has another name. */
const types: Readonly<Record<string, string>> = {
  afterpay: 'afterpay_clearpay',
  'wechat-pay': 'wechat_pay',
};

export const stripeType = (method: string): string => types[method] ?? method;

/** Whether we confirm the intent ourselves, and the shopper's payment is the capture. */
export const isLocal = (method: string): boolean => localMethods.some((one) => one.method === method);

/**
 * Cards, which Apple Pay and Google Pay pay as well, and local methods. Those for which Stripe's documentation names
 * manual capture are captured later; the others are captured by the shopper's payment. Each entry's countries match
 * its currencies (Klarna, MobilePay and the lenders require the currency of the customer's country).
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
  lends('affirm', 'US', 'USD', [5_000, 3_000_000]),
  lends('affirm', 'CA', 'CAD', [5_000, 3_000_000]),
  lends('afterpay', 'US', 'USD', [100, 400_000]),
  lends('afterpay', 'CA', 'CAD', [100, 200_000]),
  lends('afterpay', 'GB', 'GBP', [100, 120_000]),
  lends('afterpay', 'AU', 'AUD', [100, 200_000]),
  lends('afterpay', 'NZ', 'NZD', [100, 200_000]),
  ...localMethods,
];
