import { dayMs, minuteMs } from '../kernel/time.ts';

/**
 * How long an unpaid order holds its stock, in milliseconds, by the time that shoppers take with the method: a card
 * is paid at once or not, a voucher is carried to a shop, a transfer passes two banks. One who pays cash on
 * delivery is not waited for at all: such an order holds its stock as one that is paid, so that it is not here.
 */
export const reservationTimes = {
  card: 30 * minuteMs,
  mobilepay: 30 * minuteMs,
  pix: 30 * minuteMs,
  klarna: 60 * minuteMs,
  // Vouchers are good for three days where the provider is not told otherwise.
  oxxo: 3 * dayMs,
  boleto: 3 * dayMs,
  'bank-transfer': 7 * dayMs,
} as const satisfies Readonly<Record<string, number>>;

export type TimedMethod = keyof typeof reservationTimes;
