import type { PartnerHelp } from '../../../../../infra/sandbox/pages/help.ts';
import { testCards } from './test-cards.ts';

export const stripeHelp: PartnerHelp = {
  title: 'Stripe',
  about:
    'Payment provider, API version 2026-10-28.endive: form-encoded requests, `Idempotency-Key`, signed events. A server presents its secret key, a browser any key that begins with `pk_` and the client secret of its payment.',
  tables: [
    {
      title: 'Test cards',
      text: 'Pay with the number from a page, or with the method from a program. Any expiry date to come and any CVC will do.',
      columns: ['number', 'payment_method', 'the card'],
      rows: testCards.map(({ number, id, effect }) => [
        `\`${number.replace(/(.{4})(?=.)/g, '$1 ')}\``,
        `\`${id}\``,
        effect,
      ]),
    },
    {
      title: 'Other methods',
      text: 'A bank, wallet or voucher method answers with `next_action`. The page behind its address stands for the customer; a program opens it with an outcome.',
      columns: ['address', 'the customer'],
      rows: [
        ['`/sandbox/authorise/{id}?outcome=succeed`', 'pays'],
        ['`/sandbox/authorise/{id}?outcome=fail`', 'refuses'],
        ['`/sandbox/authorise/{id}?outcome=expire`', 'lets the time run out'],
      ],
    },
  ],
  example: {
    title: 'Pay an order by hand',
    command: `# SECRET is payment.nextAction.clientSecret of the answer to POST /v1/orders
curl -s {url}/v1/payment_intents/"\${SECRET%%_secret_*}"/confirm \\
  -H 'authorization: Bearer pk_test_anything' \\
  -d client_secret="$SECRET" -d payment_method=pm_card_visa`,
  },
};
