import { answerPage, escapeHtml } from '../../../../../infra/sandbox/pages/layout.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import type { AdyenBooks } from './books.ts';
import { amountText } from './checks.ts';
import { actAsShopper, type Outcome, outcomes } from './shopper.ts';
import type { Link } from './wire.ts';

const names = Object.keys(outcomes) as Outcome[];

/** GET /pay/{id}: without `outcome` the page of the link, with a choice; with it, what the shopper chose is done. */
export function showPage(books: AdyenBooks, id: string, request: PartnerRequest): PartnerAnswer {
  const outcome = names.find((one) => one === request.query.get('outcome'));
  if (outcome === undefined) return choicePage(books.link(id));
  const { status, returnUrl } = actAsShopper(books, id, outcome);
  if (returnUrl !== undefined && status === 'completed')
    return { status: 302, headers: { 'content-type': 'text/plain', location: returnUrl }, body: '' };
  return answerPage(
    'Sandbox payment',
    `<p>The link is now <code>${escapeHtml(status)}</code>. You may close this page.</p>`,
  );
}

function choicePage({ id, amount, status, allowedPaymentMethods = [] }: Link): PartnerAnswer {
  if (status !== 'active')
    return answerPage('Sandbox payment', `<p>The link is <code>${escapeHtml(status)}</code>.</p>`);
  const links = names.map(
    (one, place) =>
      `<a class="${place === 0 ? 'button' : 'button plain'}" href="?outcome=${one}">${outcomes[one]}</a>`,
  );
  return answerPage(
    'Sandbox payment',
    `<p>This page stands for Adyen's page of a payment link.</p>
<p><b>${escapeHtml(amountText(amount))}</b> by ${escapeHtml(allowedPaymentMethods.join(', '))}, link <code>${escapeHtml(id)}</code></p>
<p>${links.join(' ')}</p>`,
  );
}
