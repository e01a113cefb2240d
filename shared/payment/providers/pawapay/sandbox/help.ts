import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';

/** The instructions on the page of this sandbox. */
export const pawapayHelp: PartnerHelp = {
  title: 'pawaPay',
  about:
    'Mobile money by the Merchant API v2: deposits, refunds and their states. A caller presents its token as `Bearer`. Callbacks are signed by RFC 9421 with ECDSA.',
  tables: [
    {
      title: 'The shopper',
      text: 'Open `/sandbox/pay/{id}` of a payment in the list of objects, with one of these after it. It stands for the prompt on the phone, which has no address.',
      columns: ['query', 'effect'],
      rows: [
        ['`?outcome=pay`', 'the shopper enters the PIN: `COMPLETED`'],
        ['`?outcome=decline`', 'the shopper refuses: `FAILED` with `PAYMENT_NOT_APPROVED`'],
        ['`?outcome=expire`', 'the prompt ends without an answer: `FAILED`'],
      ],
    },
  ],
  behaviours: behavioursOf(['declined', 'other_amount', 'other_currency', 'paid_late', 'refund_fails']),
};
