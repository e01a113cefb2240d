import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';

/** The instructions on the page of this sandbox. */
export const klarnaHelp: PartnerHelp = {
  title: 'Klarna',
  about:
    'Payment sessions, the hosted page and Order Management. Callers present user name and password by `Basic`. Callbacks are not signed: their address has a secret.',
  tables: [
    {
      title: 'The shopper',
      text: 'Open the `redirect_url` of the answer to `hpp.sessions.create`, with one of these after it.',
      columns: ['query', 'effect'],
      rows: [
        ['`?outcome=pay`', 'Klarna accepts the shopper, and the page places the order'],
        ['`?outcome=decline`', 'Klarna refuses: `FAILED`. The shopper may try again'],
        ['`?outcome=cancel`', 'the shopper leaves: `CANCELLED`'],
      ],
    },
  ],
  behaviours: behavioursOf(['declined', 'other_amount', 'other_currency', 'paid_late'], {
    declined: 'Klarna refuses the shopper, whatever was chosen',
    paid_late: 'a shopper who has left the page can come back and pay',
  }),
};
