import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';

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
  behaviours: [
    { name: 'declined', effect: 'the bank refuses; a code stays open' },
    { name: 'other_amount', effect: 'it is paid with one paisa more' },
    { name: 'other_currency', effect: 'it is paid in USD' },
    { name: 'paid_late', effect: 'it is paid as soon as its time has run out' },
    { name: 'disputed', effect: 'it is contested as soon as it is paid' },
  ],
};
