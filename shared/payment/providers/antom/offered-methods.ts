import { minuteMs } from '../../../kernel/time.ts';
import type { MethodAbilities, OfferedMethod } from '../../provider.ts';

const wallet: MethodAbilities = {
  ...{ flow: 'redirect', captures: 'at-once', partialCapture: 'none' },
  ...{ refundWindowDays: 365, authenticates: true },
};

/** Antom ends an unpaid payment 14 minutes after it began. */
const reservationMs = 15 * minuteMs;

/**
 * The wallets of Alipay+ of which Antom's pages of payment methods state country, currency, limits and refund period
 * (docs.antom.com/ac/antomop, one page for each). The largest amount of GCash is that of a day.
 */
export const offeredMethods: readonly OfferedMethod[] = [
  {
    method: 'alipay',
    ...wallet,
    countries: ['CN'],
    currencies: ['CNY'],
    minAmountMinor: { CNY: 10 },
    reservationMs,
  },
  {
    ...{ method: 'alipay-hk', ...wallet, countries: ['HK'], currencies: ['HKD'], reservationMs },
    maxAmountMinor: { HKD: 5_000_000 },
  },
  {
    ...{ method: 'gcash', ...wallet, countries: ['PH'], currencies: ['PHP'], reservationMs },
    ...{ minAmountMinor: { PHP: 100 }, maxAmountMinor: { PHP: 10_000_000 } },
  },
  {
    ...{ method: 'truemoney', ...wallet, countries: ['TH'], currencies: ['THB'], reservationMs },
    ...{ minAmountMinor: { THB: 100 }, maxAmountMinor: { THB: 3_000_000 } },
  },
  {
    ...{ method: 'zalopay', ...wallet, countries: ['VN'], currencies: ['VND'], reservationMs },
    ...{ refundWindowDays: 180, minAmountMinor: { VND: 1_000 }, maxAmountMinor: { VND: 10_000_000 } },
  },
];
