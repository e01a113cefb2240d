import { minuteMs } from '../../../kernel/time.ts';
import type { OfferedMethod } from '../../provider.ts';

/** The shopper pays in the app of the wallet or bank, with its PIN: the payment is the capture. */
const pushed = { captures: 'at-once', partialCapture: 'none', authenticates: true } as const;
/** The page of a wallet, from which the shopper returns to the shop: Xendit refuses a payment without an address. */
const page = { flow: 'redirect', ...pushed, payerNeeds: ['returnUrl'] } as const;
const indonesia = { countries: ['ID'], currencies: ['IDR'], digits: { IDR: 0 } } as const;
const reservationMs = 30 * minuteMs;

/**
 * Grab gives money back for 90 days, as the pages of two others that sell GrabPay in Malaysia state
 * (developerhub.ppro.com, "GrabPay Malaysia"; docs.stripe.com/payments/grabpay, "Refunds"; read on 2026-11-30).
 */
const GRABPAY_DAYS = 90;

/**
 * The pages of the channels have the limits (docs.xendit.co/docs/qris, ovo, dana, payment-channel-page-pull-4).
 * Those of GCash are from working knowledge. Amounts in IDR are whole rupiah.
 * Xendit takes OVO by a redirect since 2026.
 */
export const offeredMethods: readonly OfferedMethod[] = [
  {
    ...{ method: 'qris', flow: 'qr', ...pushed, ...indonesia, refundWindowDays: 30, reservationMs },
    ...{ minAmountMinor: { IDR: 100 }, maxAmountMinor: { IDR: 1_000_000_000 } },
  },
  {
    ...{ method: 'ovo', ...page, ...indonesia, reservationMs },
    ...{ minAmountMinor: { IDR: 10_000 }, maxAmountMinor: { IDR: 2_000_000_000 } },
  },
  {
    ...{ method: 'dana', ...page, ...indonesia, reservationMs },
    ...{ minAmountMinor: { IDR: 10_000 }, maxAmountMinor: { IDR: 2_000_000_000 } },
  },
  {
    ...{
      method: 'gcash',
      ...page,
      countries: ['PH'],
      currencies: ['PHP'],
      reservationMs,
    },
    ...{ minAmountMinor: { PHP: 100 }, maxAmountMinor: { PHP: 10_000_000 } },
  },
  {
    ...{
      method: 'grabpay',
      ...page,
      countries: ['MY'],
      currencies: ['MYR'],
      refundWindowDays: GRABPAY_DAYS,
      reservationMs,
    },
    ...{ minAmountMinor: { MYR: 100 }, maxAmountMinor: { MYR: 150_000 } },
  },
];

/** Xendit's word for each of our methods. */
export const channelCodes: Readonly<Record<string, string>> = {
  qris: 'QRIS',
  ovo: 'OVO',
  dana: 'DANA',
  gcash: 'GCASH',
  grabpay: 'GRABPAY',
};
