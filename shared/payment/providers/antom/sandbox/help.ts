import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';

/** The instructions on the page of this sandbox. */
export const antomHelp: PartnerHelp = {
  title: 'Antom',
  about:
    'Antom’s one-time payments for wallets of Alipay+. A caller signs `POST path`, its client, the time and the body by RSA with SHA-256, and presents `Client-Id`, `Request-Time` and `Signature`.',
  tables: [
    {
      title: 'The shopper',
      text: 'Open the `normalUrl` of the answer to `pay`, with one of these after it.',
      columns: ['query', 'effect'],
      rows: [
        ['`?outcome=pay`', 'the wallet pays'],
        ['`?outcome=decline`', 'the payment fails with `USER_BALANCE_NOT_ENOUGH`'],
        ['`?outcome=expire`', 'the payment fails because its 14 minutes are over'],
      ],
    },
  ],
  behaviours: behavioursOf(['declined', 'other_amount', 'other_currency', 'paid_late', 'refund_fails']),
};
