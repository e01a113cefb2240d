import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';

/** The instructions on the page of this sandbox. */
export const wechatpayHelp: PartnerHelp = {
  title: 'WeChat Pay',
  about:
    'WeChat Pay’s API v3 for merchants outside China: orders by a code. A caller signs method, path, time, a random text and the body by RSA with SHA-256 (`Authorization: WECHATPAY2-SHA256-RSA2048`). Answers and notifications are signed, and what a notification reports is encrypted by AES-256-GCM.',
  tables: [
    {
      title: 'The shopper',
      text: 'Open the address in `code_url`, with one of these after it.',
      columns: ['query', 'effect'],
      rows: [
        ['`?outcome=pay`', 'the shopper pays'],
        ['`?outcome=decline`', 'the bank refuses: `PAYERROR`'],
        ['`?outcome=expire`', 'the time to pay is over: `CLOSED`'],
      ],
    },
  ],
  behaviours: behavioursOf(['declined', 'other_amount', 'other_currency', 'paid_late', 'refund_fails']),
};
