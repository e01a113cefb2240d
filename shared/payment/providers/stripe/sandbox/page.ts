import { shopperPage } from '../../../../../infra/sandbox/pages/shopper-page.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { type StripeBooks, unasked } from './books.ts';
import { type CustomerOutcome, finishAction } from './confirm.ts';
import { amountText } from './currencies.ts';
import type { StripeIntent } from './wire.ts';

/** The text of the link for each outcome. */
const outcomes: Readonly<Record<CustomerOutcome, string>> = {
  succeed: 'Confirm the payment',
  fail: 'Refuse it',
  expire: 'Let the time run out',
};
const outcomeNames = Object.keys(outcomes) as CustomerOutcome[];

/**
 * GET /sandbox/authorise/{id}: the page in place of the customer's bank, wallet or shop counter. Without `outcome` the
 * page shows a link for each outcome. With `outcome` it completes the action, and sends the browser to the intent's
 * `return_url` if the intent has one.
 */
export function showPage(books: StripeBooks, id: string, request: PartnerRequest): PartnerAnswer {
  const before = books.intent(id);
  if (request.query.get('image') === 'svg') return showCode(before);
  const outcome = outcomeNames.find((one) => one === request.query.get('outcome'));
  if (outcome === undefined) return linksPage(before);
  const after = finishAction(books, id, outcome, unasked);
  const returnUrl = readReturnUrl(before);
  if (returnUrl === undefined) return statePage(after);
  const location = new URL(returnUrl);
  location.searchParams.set('payment_intent', id);
  location.searchParams.set('payment_intent_client_secret', before.client_secret);
  location.searchParams.set(
    'redirect_status',
    after.status === 'succeeded' || after.status === 'requires_capture' ? 'succeeded' : 'failed',
  );
  return { status: 302, headers: { 'content-type': 'text/plain', location: location.href }, body: '' };
}

function readReturnUrl(intent: StripeIntent): string | undefined {
  const action = intent.next_action;
  const details =
    action === null ? undefined : (action[action.type] as { return_url?: string | null } | undefined);
  return details?.return_url ?? undefined;
}

function linksPage(intent: StripeIntent): PartnerAnswer {
  if (intent.status !== 'requires_action') return statePage(intent);
  const isCard = intent.payment_method_types.includes('card');
  return shopperPage({
    title: isCard ? 'Sandbox bank: 3-D Secure' : 'Sandbox payment',
    text: isCard
      ? "This page stands for the cardholder's bank, which asks whether it is you who pays."
      : "This page stands for the customer's bank, wallet or shop counter.",
    amount: amountText(intent.amount, intent.currency),
    details: [['Payment', intent.id]],
    choices: outcomeNames.map((one) => [`?outcome=${one}`, outcomes[one]]),
  });
}

const said: Readonly<Record<string, string>> = {
  succeeded: 'Paid. You may close this page.',
  requires_capture: 'Confirmed. You may close this page.',
  requires_payment_method: 'The payment was refused, or its time ran out.',
  processing: 'The payment is being processed.',
  canceled: 'The shop cancelled this payment.',
};

function statePage({ id, amount, currency, status }: StripeIntent): PartnerAnswer {
  return shopperPage({
    ...{ title: 'Sandbox payment', text: 'There is nothing to confirm here.' },
    amount: amountText(amount, currency),
    details: [
      ['Payment', id],
      ['Status', status],
    ],
    choices: [],
    said: said[status],
  });
}

function showCode(intent: StripeIntent): PartnerAnswer {
  const text = `<text x="10" y="30">${intent.id}</text>`;
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="50">${text}</svg>`;
  return { status: 200, headers: { 'content-type': 'image/svg+xml' }, body };
}
