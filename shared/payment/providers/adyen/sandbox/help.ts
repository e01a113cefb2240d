import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { outcomes } from './shopper.ts';

export const adyenHelp: PartnerHelp = {
  title: 'Adyen',
  about:
    'Payment provider, Checkout API version 72: payment links, captures, cancellations and refunds in JSON, with `X-API-Key` and `Idempotency-Key`. Standard webhooks have a user and password, and a signature in each item.',
  tables: [
    {
      title: 'The page of a link',
      text: 'The address of a link is a page on which a person chooses what the shopper does. A program opens it with an outcome.',
      columns: ['address', 'the shopper'],
      rows: Object.entries(outcomes).map(([outcome, text]) => [`\`/pay/{id}?outcome=${outcome}\``, text]),
    },
    {
      title: 'A dispute',
      text: 'Pay with `outcome=dispute`. The objects of kind `adyen.dispute` have its number.',
      columns: ['call', 'what happens'],
      rows: [
        ['`POST /bank/disputes/{pspReference}/defend`', 'the defence was handed in'],
        ['`POST /bank/disputes/{pspReference}/win`', 'the chargeback is reversed'],
        ['`POST /bank/disputes/{pspReference}/again`', 'the bank charges back once more'],
        ['`POST /bank/disputes/{pspReference}/lapse`', 'the time for a defence is over'],
      ],
    },
    {
      title: 'A capture that failed',
      text: 'With the behaviour `capture_fails` a capture is reported, and then `CAPTURE_FAILED`.',
      columns: ['call', 'what happens'],
      rows: [['`POST /bank/captures/{pspReference}/again`', 'Adyen takes the capture again']],
    },
    {
      title: 'A payout',
      text: 'Pays out what was captured, refunded and charged back, as a batch, and answers with its settlement details report for `entrepot reconcile adyen --file`.',
      columns: ['call', 'the report'],
      rows: [
        ['`POST /bank/payouts`', 'is right'],
        ['`POST /bank/payouts?fault=missing`', 'lacks a line'],
        ['`POST /bank/payouts?fault=differing`', 'has another amount in a line'],
        ['`POST /bank/payouts?fault=doubled`', 'has a line in two batches'],
      ],
    },
  ],
  behaviours: behavioursOf(
    [
      ...(['declined', 'other_amount', 'other_currency', 'paid_late', 'disputed'] as const),
      ...(['refund_fails', 'capture_fails'] as const),
    ],
    { other_amount: 'the shopper pays 100 of the smallest units more' },
  ),
};
