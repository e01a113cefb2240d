import type { WalletData } from '../../wallet/wallet-data.ts';
import { offeredMethods } from './offered-methods.ts';

/**
 * pawaPay's Merchant API v2 in data. A payment is a deposit there. Answers to questions have the object under `data`,
 * and callbacks are read in the same form.
 */
export const pawapayData: WalletData<'pawapay'> = {
  code: 'pawapay',
  methods: offeredMethods,
  amounts: { as: 'decimal-text' },
  paths: {
    start: 'POST /v2/deposits',
    find: 'GET /v2/deposits/{id}',
    refund: 'POST /v2/refunds',
    findRefund: 'GET /v2/refunds/{refund}',
  },
  payment: {
    ...{ status: 'data.status', amount: 'data.amount', currency: 'data.currency', capture: 'data.depositId' },
    ...{ bankReference: 'data.providerTransactionId', failure: 'data.failureReason.failureCode' },
    statuses: {
      ...{ ACCEPTED: 'waiting', PROCESSING: 'waiting', IN_RECONCILIATION: 'waiting' },
      ...{ COMPLETED: 'captured', FAILED: 'failed' },
    },
    // The shopper answered, and the operator has not said the outcome.
    underWay: ['IN_RECONCILIATION'],
    unknown: ['NOT_FOUND'],
  },
  refund: {
    ...{
      reference: 'data.refundId',
      status: 'data.status',
      amount: 'data.amount',
      currency: 'data.currency',
    },
    failure: 'data.failureReason.failureCode',
    statuses: {
      ...{ ACCEPTED: 'pending', ENQUEUED: 'pending', PROCESSING: 'pending', IN_RECONCILIATION: 'pending' },
      ...{ COMPLETED: 'paid', FAILED: 'failed' },
    },
    refusals: [
      ...['DEPOSIT_NOT_FOUND', 'DEPOSIT_NOT_COMPLETED', 'DEPOSIT_ALREADY_REFUNDED'],
      ...['AMOUNT_TOO_LARGE', 'AMOUNT_OUT_OF_BOUNDS', 'INVALID_AMOUNT'],
    ],
  },
  events: {
    // A callback has no type: the name of its id says what it reports.
    type: 'depositId',
    kinds: { deposit: 'payment', refund: 'refund', payout: 'ignored' },
  },
};
