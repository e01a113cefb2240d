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

const dispute = { orderId: 'ord_01KAXB3J5K0000000000000000', disputeId: 'du_1Q8sample' };

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
  '3-payment/get-dispute-evidence': {
    description:
      'What was bought, what it cost and by which law, how it was paid, where it went, every scan, refunds, and each step of ' +
      'the order. It is made anew for each request and stored nowhere. The same order gives the same bytes.',
    values: dispute,
  },
  '3-payment/post-dispute-evidence': {
    description:
      'The document of `GET` goes to the provider with the texts that it asks for. A provider takes evidence once. Where it ' +
      'takes none by an API (`not-by-api`), submit the document in its dashboard, and record that with `by`: hand.',
    values: dispute,
    bodies: {
      submitted: { summary: 'Submit it to the provider', body: { by: 'provider' } },
      recorded: {
        summary: 'A person has submitted it',
        body: { by: 'hand', reference: 'dashboard-2026-12-01' },
      },
    },
  },
  '3-payment/get-reconciliations': { values: { provider } },
  '3-payment/get-payment-costs': {
    description:
      'The methods and refusals of `GET /v1/payment-methods`, which shows shoppers no fees. A fee is that of the terms ' +
      'of the registrations for the day, otherwise what the provider publishes for merchants with that seat.',
    values: { country: 'DE', currency: 'EUR', amount: '5462' },
  },
};
