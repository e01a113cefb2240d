import { minuteMs } from '../../../kernel/time.ts';
import type { OfferedMethod } from '../../provider.ts';

export const RESERVATION_MS = 30 * minuteMs;

/**
 * The shopper pays in an app with its PIN, and Razorpay captures at once. NPCI's limit for most shops is 100,000 INR a
 * payment. Razorpay refuses refunds after six months.
 */
export const offeredMethods: readonly OfferedMethod[] = [
  {
    ...{ method: 'upi', flow: 'qr', captures: 'at-once', partialCapture: 'none', authenticates: true },
    ...{ countries: ['IN'], currencies: ['INR'], refundWindowDays: 180, reservationMs: RESERVATION_MS },
    ...{ minAmountMinor: { INR: 100 }, maxAmountMinor: { INR: 10_000_000 } },
  },
];
