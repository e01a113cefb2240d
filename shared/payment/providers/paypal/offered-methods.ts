import { minuteMs } from '../../../kernel/time.ts';
import type { OfferedMethod } from '../../provider.ts';
import { paypalCurrencies, wholeUnits } from './amounts.ts';

/**
 * PayPal authenticates the shopper, and takes refunds for 180 days (REFUND_TIME_LIMIT_EXCEEDED afterwards). It honours
 * an authorisation for three days; until the 29th it may still be captured, if the shopper has the money then.
 */
export const offeredMethods: readonly OfferedMethod[] = [
  {
    ...{ method: 'paypal', flow: 'redirect', captures: 'after-screening', partialCapture: 'once' },
    ...{ authenticates: true, refundWindowDays: 180, authorisedDays: 3 },
    ...{ currencies: paypalCurrencies, digits: wholeUnits, reservationMs: 60 * minuteMs },
  },
];
