import { hourMs } from '../../../kernel/time.ts';
import type { OfferedMethod } from '../../provider.ts';

/** WeChat Pay for shoppers in China, by a code. */
export const offeredMethods: readonly OfferedMethod[] = [
  {
    method: 'wechat-pay',
    ...{ flow: 'qr', captures: 'at-once', partialCapture: 'none', authenticates: true },
    ...{ countries: ['CN'], currencies: ['CNY', 'CHF', 'EUR', 'GBP', 'HKD', 'USD'] },
    ...{ refundWindowDays: 365, reservationMs: hourMs },
  },
];
