import type { FunctionId } from '../../../events/triggers.ts';
import { samplePartners } from '../sample-shop/sample-partners.ts';
import type { RouteDoc } from './route-doc.ts';

const provider = samplePartners.payment;

const row = {
  rowId: 'txn_1Q8sample',
  kind: 'payment',
  reference: 'ch_1Q8sample',
  orderId: 'ord_01KAXB3J5K0000000000000000',
  gross: { amount: 8_223, currency: 'EUR' },
  fee: { amount: 148, currency: 'EUR' },
  held: { amount: 0, currency: 'EUR' },
  net: { amount: 8_075, currency: 'EUR' },
  at: '2026-11-29T10:00:00.000Z',
  payoutId: 'po_1Q8sample',
};

/** Routes about the money of orders after it was paid. */
export const paymentRoutes: Partial<Record<FunctionId, RouteDoc>> = {
  '3-payment/post-reconciliation': {
    description:
      'Each line has one outcome, and each difference is kept once, also if its line is repeated. A line that matches an ' +
      'entry of the ledger is booked with its fee as `payment.settled`. An order with a difference goes on the attention ' +
      'list as `settlement-differs`.',
    bodies: {
      dryRun: { summary: 'A dry run with one line', body: { provider, dryRun: true, rows: [row] } },
      booked: {
        summary: 'A payout: it belongs to no order',
        body: {
          provider,
          rows: [
            {
              ...{ rowId: 'txn_2Q8sample', kind: 'payout', reference: 'po_1Q8sample' },
              ...{ held: row.held, at: row.at, payoutId: row.payoutId },
              ...{ gross: { amount: -8_075, currency: 'EUR' }, fee: { amount: 0, currency: 'EUR' } },
              net: { amount: -8_075, currency: 'EUR' },
            },
          ],
        },
      },
    },
  },
  '3-payment/get-reconciliations': { values: { provider } },
};
