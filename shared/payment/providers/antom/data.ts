import { minuteMs } from '../../../kernel/time.ts';
import type { MethodAbilities, OfferedMethod } from '../../provider.ts';
import type { WalletData } from '../../wallet/wallet-data.ts';

const wallet: MethodAbilities = {
  ...{ flow: 'redirect', captures: 'at-once', partialCapture: 'none' },
  ...{ refundWindowDays: 365, authenticates: true },
};

/** Antom ends an unpaid payment 14 minutes after it began. */
const reservationMs = 15 * minuteMs;

/** Antom's word for each method of ours. */
export const antomTypes: Readonly<Record<string, string>> = {
  ...{
    alipay: 'ALIPAY_CN',
    'alipay-hk': 'ALIPAY_HK',
    gcash: 'GCASH',
    truemoney: 'TRUEMONEY',
    zalopay: 'ZALOPAY',
  },
};

/**
 * The wallets of Alipay+ of which Antom's pages of payment methods state country, currency, limits and refund period
 * (docs.antom.com/ac/antomop, one page for each). The largest amount of GCash is that of a day.
 */
const methods: readonly OfferedMethod[] = [
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

/** Antom's API of one-time payments in data. Amounts are whole minor units of ISO 4217, written as text. */
export const antomData: WalletData<'antom'> = {
  code: 'antom',
  methods,
  amounts: { as: 'integer-text' },
  acknowledgement: JSON.stringify({
    result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
  }),
  paths: {
    start: 'POST /ams/api/v1/payments/pay',
    find: 'POST /ams/api/v1/payments/inquiryPayment',
    close: 'POST /ams/api/v1/payments/cancel',
    refund: 'POST /ams/api/v1/payments/refund',
    findRefund: 'POST /ams/api/v1/payments/inquiryRefund',
  },
  payment: {
    ...{ id: 'paymentId', status: 'paymentStatus', capture: 'paymentId', failure: 'paymentResultCode' },
    ...{ amount: 'paymentAmount.value', currency: 'paymentAmount.currency' },
    statuses: {
      ...{
        PROCESSING: 'waiting',
        PENDING: 'waiting',
        SUCCESS: 'captured',
        FAIL: 'failed',
        CANCELLED: 'voided',
      },
    },
    underWay: ['PENDING'],
    unknown: ['ORDER_NOT_EXIST'],
    notClosable: ['ORDER_STATUS_INVALID', 'ORDER_IS_CLOSED', 'ORDER_IS_CANCELLED'],
    closingReturnsMoney: true,
  },
  refund: {
    ...{ reference: 'refundId', status: 'refundStatus', failure: 'refundResultCode' },
    ...{ amount: 'refundAmount.value', currency: 'refundAmount.currency' },
    statuses: { PROCESSING: 'pending', SUCCESS: 'paid', FAIL: 'failed' },
    refusals: [
      ...[
        'REFUND_AMOUNT_EXCEED',
        'REFUND_WINDOW_EXCEED',
        'REFUND_NOT_SUPPORTED',
        'MULTIPLE_REFUNDS_NOT_SUPPORTED',
      ],
      ...['ORDER_STATUS_INVALID', 'ORDER_IS_CLOSED', 'ORDER_NOT_EXIST'],
    ],
  },
  events: {
    type: 'notifyType',
    kinds: {
      ...{ PAYMENT_RESULT: 'payment', PAYMENT_PENDING: 'payment', REFUND_RESULT: 'refund' },
      OFFLINE_PAYMENT_CODE: 'ignored',
    },
  },
};
