import { minuteMs } from '../../../kernel/time.ts';
import type { OfferedMethod } from '../../provider.ts';

export const RESERVATION_MS = 30 * minuteMs;

/** A request to pay that is sent to the shopper's UPI address. */
export const COLLECT = 'upi-collect';

/**
 * The shopper pays in an app with its PIN, and Razorpay captures at once. NPCI's limit for most shops is 100,000 INR a
 * payment. Razorpay refuses refunds after six months.
 */
const upi: Omit<OfferedMethod, 'method' | 'flow'> = {
  ...{ captures: 'at-once', partialCapture: 'none', authenticates: true },
  ...{ countries: ['IN'], currencies: ['INR'], refundWindowDays: 180, reservationMs: RESERVATION_MS },
  ...{ minAmountMinor: { INR: 100 }, maxAmountMinor: { INR: 10_000_000 } },
};

/**
 * NPCI ended requests to pay for most shops on 28 February 2026. Businesses that sell across the border (PA-CB) may go
 * on (razorpay.com/docs/payments/payment-gateway/s2s-integration/payment-methods/upi/collect, read on 2026-11-30).
 */
export const offeredMethods: readonly OfferedMethod[] = [
  { method: 'upi', flow: 'qr', ...upi },
  {
    ...{ method: COLLECT, flow: 'push', ...upi, onlyIfChosen: true },
    payerNeeds: ['email', 'phone', 'vpa'],
  },
];
