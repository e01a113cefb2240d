import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { behavioursOf } from '../../../../../infra/sandbox/payment-behaviours.ts';
import { testCards } from './test-cards.ts';

export const stripeHelp: PartnerHelp = {
  title: 'Stripe',
  about:
    'Payment provider, API version 2026-10-28.endive: form-encoded requests, `Idempotency-Key`, signed events. A server sends its secret key. A browser sends the client secret of its payment and any key that begins with `pk_`.',
  tables: [
    {
      title: 'Test cards',
      text: 'A person pays with the number on a page, and a program pays with the method. Every future expiry date and every CVC is accepted.',
      columns: ['number', 'payment_method', 'the card'],
      rows: testCards.map(({ number, id, effect }) => [
        `\`${number.replace(/(.{4})(?=.)/g, '$1 ')}\``,
        `\`${id}\``,
        effect,
      ]),
    },
    {
      title: 'Other methods',
      text: 'A bank, wallet or voucher method answers with `next_action`, which has the address of a page. On this page a person chooses what the customer does. A program opens the page with an outcome.',
      columns: ['address', 'the customer'],
      rows: [
        ['`/sandbox/authorise/{id}?outcome=succeed`', 'pays'],
        ['`/sandbox/authorise/{id}?outcome=fail`', 'refuses'],
        ['`/sandbox/authorise/{id}?outcome=expire`', 'lets the time run out'],
      ],
    },
  ],
  behaviours: behavioursOf(
    ['declined', 'other_amount', 'other_currency', 'paid_late', 'disputed', 'refund_fails'],
    {
      other_amount: 'somebody has changed the amount of the intent: 100 of the smallest units more are paid',
      other_currency: 'somebody has changed its currency to USD, or to EUR',
      paid_late: 'a bank, a wallet or a counter says after the end of the attempt that it was paid',
      disputed: 'the customer disputes the charge once it is captured',
    },
  ),
  example: {
    title: 'Pay an order by hand',
    command: `# SECRET is payment.nextAction.clientSecret of the answer to POST /v1/orders
curl -s {url}/v1/payment_intents/"\${SECRET%%_secret_*}"/confirm \\
  -H 'authorization: Bearer pk_test_anything' \\
  -d client_secret="$SECRET" -d payment_method=pm_card_visa`,
  },
};
