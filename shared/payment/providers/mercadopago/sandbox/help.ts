import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';

export const mercadoHelp: PartnerHelp = {
  title: 'Mercado Pago',
  about:
    'Payment provider, Payments API v1: JSON in whole units of the currency, `X-Idempotency-Key`, signed notifications that only name an object. The account `1001` is in Brazil and takes Pix and boletos, the account `1002` is in Mexico and takes OXXO.',
  tables: [
    {
      title: 'The payer, the bank and the mediator',
      text: 'A voucher has the address of its page. For a Pix code open `/sandbox/pay/{id}` with the number of the payment.',
      columns: ['address', 'what happens'],
      rows: [
        ['`?outcome=pay`', 'the payer pays'],
        ['`?outcome=reject`', 'the payment is rejected'],
        ['`?outcome=expire`', 'the time to pay runs out'],
        ['`?outcome=late`', 'it is paid although its time ran out'],
        ['`?outcome=claim`, then `mediate`, `claim-won`, `claim-lost`', 'the buyer complains'],
        [
          '`?outcome=chargeback`, then `chargeback-won`, `chargeback-lost`',
          'the payer contests it at the bank',
        ],
      ],
    },
  ],
  behaviours: behavioursOf(
    ['declined', 'other_amount', 'other_currency', 'paid_late', 'disputed', 'refund_fails'],
    {
      paid_late: 'it is paid as soon as its time has run out',
      disputed: 'the buyer complains as soon as it is paid',
      refund_fails: 'a refund waits for the banks, and is rejected after it was shown',
    },
  ),
};
