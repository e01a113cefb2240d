import type { WalletData } from '../../wallet/wallet-data.ts';
import { offeredMethods } from './offered-methods.ts';

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

/** Antom's API of one-time payments in data. Amounts are whole minor units of ISO 4217, written as text. */
export const antomData: WalletData<'antom'> = {
  code: 'antom',
  methods: offeredMethods,
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
