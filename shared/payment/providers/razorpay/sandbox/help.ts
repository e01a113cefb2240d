import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';

export const razorpayHelp: PartnerHelp = {
  title: 'Razorpay',
  about:
    'Payment provider, QR codes and requests to pay for UPI: JSON in paise, Basic authentication, webhooks signed in `x-razorpay-signature`.',
  tables: [
    {
      title: 'The shopper',
      text: 'Open `/sandbox/pay/{id}` with the id of the code, or `/sandbox/collect/{id}` with that of the order. A dispute is decided at `/sandbox/disputes/{id}?outcome=won`, `lost` or `under_review`.',
      columns: ['address', 'what happens'],
      rows: [
        ['`?outcome=pay`', 'the shopper pays'],
        ['`?outcome=refuse`', 'the bank refuses; a code stays open'],
        ['`?outcome=expire`', 'the time to pay runs out'],
        ['`?outcome=late`', 'a code is paid although its time ran out'],
      ],
    },
  ],
  behaviours: behavioursOf(
    ['declined', 'other_amount', 'other_currency', 'paid_late', 'disputed', 'refund_fails'],
    {
      declined: 'the bank refuses; a code stays open',
      paid_late: 'it is paid as soon as its time has run out',
    },
  ),
};
