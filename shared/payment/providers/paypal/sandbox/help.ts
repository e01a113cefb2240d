import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { outcomes } from './page.ts';

export const paypalHelp: PartnerHelp = {
  title: 'PayPal',
  about:
    'Payment provider, Orders API version 2: JSON with a token of OAuth 2, `PayPal-Request-Id`, events that are signed with a certificate. An order moves no money until it is authorised.',
  tables: [
    {
      title: 'The page of an order',
      text: 'The link `payer-action` of an order leads to a page on which a person chooses what the shopper does. A program opens it with an outcome.',
      columns: ['address', 'the shopper'],
      rows: Object.entries(outcomes).map(([outcome, text]) => [
        `\`/checkoutnow?token={id}&outcome=${outcome}\``,
        text,
      ]),
    },
    {
      title: 'A dispute',
      text: 'Pay with `outcome=dispute`; the dispute opens after the capture. The objects of kind `paypal.dispute` have its number.',
      columns: ['call', 'what happens'],
      rows: [
        ['`POST /sandbox/disputes/{id}/escalate`', 'the inquiry becomes a claim, and PayPal holds the money'],
        ['`POST /sandbox/disputes/{id}/defend`', 'the merchant answered, and PayPal decides'],
        ['`POST /sandbox/disputes/{id}/win`', 'PayPal decides for the merchant'],
        ['`POST /sandbox/disputes/{id}/lose`', 'PayPal decides for the shopper'],
        ['`POST /sandbox/disputes/{id}/withdraw`', 'the shopper withdraws it'],
      ],
    },
    {
      title: 'A payout',
      text: 'Withdraws the balance, and answers with the settlement report of what moved since the last one, for `entrepot reconcile paypal --file`.',
      columns: ['call', 'the report'],
      rows: [
        ['`POST /sandbox/payouts`', 'is right'],
        ['`POST /sandbox/payouts?fault=missing`', 'lacks a row'],
        ['`POST /sandbox/payouts?fault=differing`', 'has another amount in a row'],
        ['`POST /sandbox/payouts?fault=doubled`', 'has a row twice'],
      ],
    },
  ],
  behaviours: behavioursOf(
    ['declined', 'other_amount', 'other_currency', 'paid_late', 'disputed', 'refund_fails'],
    {
      declined: 'the approved order can’t be authorised',
      other_amount: 'one unit more is authorised',
      other_currency: 'another currency is authorised',
      paid_late: 'the shopper can approve an order that has ended',
      disputed: 'the shopper contests the payment after its capture',
    },
  ),
};
