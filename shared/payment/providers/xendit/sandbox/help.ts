import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';

export const xenditHelp: PartnerHelp = {
  title: 'Xendit',
  about:
    'Payment provider, payment requests version 3 (`api-version: 2024-11-11`): JSON in whole units of the currency, Basic authentication, webhooks with a fixed token in `x-callback-token`.',
  tables: [
    {
      title: 'The shopper',
      text: 'A wallet is redirected to its page. For a QR code open `/sandbox/pay/{id}` with the id of the payment request.',
      columns: ['address', 'what happens'],
      rows: [
        ['`?outcome=pay`', 'the shopper pays'],
        ['`?outcome=refuse`', 'the shopper refuses'],
        ['`?outcome=expire`', 'the time to pay runs out'],
        ['`?outcome=late`', 'it is paid although its time ran out'],
      ],
    },
  ],
  behaviours: behavioursOf(['declined', 'other_amount', 'other_currency', 'paid_late', 'refund_fails'], {
    declined: 'the wallet has too little money',
    paid_late: 'it is paid as soon as its time has run out',
  }),
};
