import type { WalletData } from '../../wallet/wallet-data.ts';
import { offeredMethods } from './offered-methods.ts';

/** WeChat Pay's API for merchants outside China in data. Amounts are whole minor units. */
export const wechatpayData: WalletData<'wechatpay'> = {
  code: 'wechatpay',
  methods: offeredMethods,
  amounts: { as: 'integer' },
  paths: {
    start: 'POST /v3/global/transactions/native',
    find: 'GET /v3/global/transactions/out-trade-no/{id}',
    close: 'POST /v3/global/transactions/out-trade-no/{id}/close',
    refund: 'POST /v3/global/refunds',
    findRefund: 'GET /v3/global/refunds/out-refund-no/{refund}',
  },
  payment: {
    ...{ status: 'trade_state', amount: 'amount.total', currency: 'amount.currency', capture: 'id' },
    // `REFUND` says that a part or all of the payment was given back.
    statuses: {
      ...{ NOTPAY: 'waiting', USERPAYING: 'waiting', SUCCESS: 'captured', REFUND: 'captured' },
      ...{ CLOSED: 'voided', REVOKED: 'voided', PAYERROR: 'failed' },
    },
    underWay: ['USERPAYING'],
    unknown: ['ORDER_NOT_EXIST', 'ORDERNOTEXIST', 'RESOURCE_NOT_EXISTS'],
    notClosable: ['ORDERPAID', 'ORDER_PAID', 'ORDERCLOSED', 'ORDER_CLOSED'],
  },
  refund: {
    ...{ reference: 'id', status: 'status', amount: 'amount.refund', currency: 'amount.currency' },
    // An answer says `REFUNDCLOSE` where a notification says `CLOSED`. `ABNORMAL`: the card that was paid with is void
    // or frozen. The money waits at WeChat Pay until the merchant says where it goes, and then it is `SUCCESS`
    // (pay.weixin.qq.com/doc/v3/merchant/4013071031, 2025-06-20).
    statuses: {
      ...{
        PROCESSING: 'pending',
        SUCCESS: 'paid',
        REFUNDCLOSE: 'failed',
        CLOSED: 'failed',
        ABNORMAL: 'pending',
      },
    },
    stuck: ['ABNORMAL'],
    refusals: ['INVALID_REQUEST', 'RESOURCE_NOT_EXISTS', 'USER_ACCOUNT_ABNORMAL'],
  },
  events: {
    type: 'event_type',
    kinds: {
      ...{ 'TRANSACTION.SUCCESS': 'payment', 'REFUND.SUCCESS': 'refund' },
      ...{ 'REFUND.ABNORMAL': 'refund', 'REFUND.CLOSED': 'refund' },
    },
  },
};
