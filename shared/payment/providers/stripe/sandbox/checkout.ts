import type { PartnerCheckout } from '../../../../../infra/sandbox/checkout.ts';
import { confirmAsBrowser } from './confirm-as-browser.ts';
import { testCards } from './test-cards.ts';

const documentation = `Stripe's methods are all confirmed in the browser; the method of Stripe.js for a card is \`confirmCardPayment\`. \`klarna\` and \`mobilepay\` leave the page for it, so that Stripe asks for
\`return_url\` when they are confirmed; \`card\` does not. \`returnUrl\` of the request is for a provider that answers \`redirect\`.

**In the sandbox** nobody has a browser library. A card is confirmed as Stripe.js does it; the intent's id is the part
of \`clientSecret\` before \`_secret_\`, the sandbox's address is on the front page (\`http://127.0.0.1:3001\` by default):

\`\`\`
curl http://127.0.0.1:3001/v1/payment_intents/INTENT/confirm \\
  -H 'authorization: Bearer pk_test_anything' \\
  -d payment_method=pm_card_visa -d client_secret=CLIENT_SECRET
\`\`\`

\`pm_card_chargeDeclined\` is declined: the timeline shows \`payment.failed\`, the order stays \`placed\`, its stock stays
reserved. Confirm the same intent with another card: there is no need for another order. For Klarna confirm with
\`payment_method_data[type]=klarna\` and \`return_url=https://shop.example.com/thanks\`, then open the address in
\`next_action.redirect_to_url.url\` of Stripe's answer with \`?outcome=succeed\`, \`fail\` or \`expire\` after it.`;

/** Pays as Stripe.js does. */
export const stripeCheckout: PartnerCheckout = {
  testCards,
  declinedCard: 'pm_card_chargeDeclined',
  pay: confirmAsBrowser,
  payCommand: (url) =>
    [
      `curl -s ${url}/v1/payment_intents/\${SECRET%%_secret_*}/confirm`,
      `-H 'authorization: Bearer pk_test_sample' -d payment_method=pm_card_visa -d "client_secret=$SECRET"`,
    ].join(' '),
  pageScript: new URL('browser.mjs', import.meta.url),
  documentation,
};
