import { dayMs, minuteMs } from '../kernel/time.ts';

/**
 * How long an unpaid order holds its stock, in milliseconds, by the time that shoppers need for the method: a card is
 * paid at once or not, a voucher is carried to a shop, a transfer passes two banks. Cash on delivery is not listed:
 * such an order holds its stock as a paid one does.
 */
export const reservationTimes = {
  card: 30 * minuteMs,
  mobilepay: 30 * minuteMs,
  pix: 30 * minuteMs,
  klarna: 60 * minuteMs,
  // Vouchers are valid for three days unless we give the provider another period.
  oxxo: 3 * dayMs,
  boleto: 3 * dayMs,
  'bank-transfer': 7 * dayMs,
} as const satisfies Readonly<Record<string, number>>;

export type TimedMethod = keyof typeof reservationTimes;
