import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
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
  behaviours: [
    { name: 'declined', effect: 'the card is declined, whatever the shopper chose' },
    { name: 'other_amount', effect: 'the shopper pays 100 units less' },
    { name: 'other_currency', effect: 'the shopper pays in another currency' },
    { name: 'paid_late', effect: 'the shopper can pay although the link has expired' },
    { name: 'disputed', effect: 'the shopper contests the payment' },
  ],
};
