import { dayMs, minuteMs } from '../../../kernel/time.ts';
import type { OfferedMethod } from '../../provider.ts';
import { reservationTimes } from '../../reservation-times.ts';

/** Mercado Pago takes no Pix code that ends in less than half an hour, and the shopper may begin ten minutes later. */
export const MIN_PIX_MS = 30 * minuteMs;
const PIX_MS = MIN_PIX_MS + 10 * minuteMs;

/**
 * How long before the end of the order's time a slip ends: a bank or a shop passes the money on later. A boleto is
 * credited on the next banking day, or the second one; a payment at a counter of OXXO within a day.
 */
export const clearingMs: Readonly<Record<string, number>> = { boleto: 3 * dayMs, oxxo: dayMs };

/** The shopper pushes the money, and refunds are taken for 180 days ("Refunds and cancellations"). */
const pushed = { captures: 'at-once', partialCapture: 'none', refundWindowDays: 180 } as const;

/** Pix is confirmed in the app of the payer's bank. At a counter nobody is authenticated. */
export const offeredMethods: readonly OfferedMethod[] = [
  {
    ...{ method: 'pix', flow: 'qr', ...pushed, authenticates: true, countries: ['BR'], currencies: ['BRL'] },
    ...{ reservationMs: PIX_MS, payerNeeds: ['email', 'name'] },
  },
  {
    ...{ method: 'boleto', flow: 'voucher', ...pushed, authenticates: false, countries: ['BR'] },
    ...{ currencies: ['BRL'], reservationMs: reservationTimes.boleto + 3 * dayMs },
    payerNeeds: ['email', 'name', 'address', 'taxId'],
  },
  {
    ...{ method: 'oxxo', flow: 'voucher', ...pushed, authenticates: false, countries: ['MX'] },
    ...{ currencies: ['MXN'], reservationMs: reservationTimes.oxxo + dayMs, payerNeeds: ['email', 'name'] },
  },
];

/** Mercado Pago's word for each of our methods. */
export const methodIds: Readonly<Record<string, string>> = {
  pix: 'pix',
  boleto: 'bolbradesco',
  oxxo: 'oxxo',
};
