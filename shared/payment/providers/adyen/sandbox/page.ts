import { shopperPage } from '../../../../../infra/sandbox/pages/shopper-page.ts';
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
  const after = actAsShopper(books, id, outcome);
  const { status, returnUrl } = after;
  // Adyen's page keeps a shopper whose payment was declined, so that it can be tried again.
  if (status === 'active')
    return choicePage(after, outcome === 'decline' ? 'The bank declined the payment.' : undefined);
  if (returnUrl !== undefined && status === 'completed')
    return { status: 302, headers: { 'content-type': 'text/plain', location: returnUrl }, body: '' };
  return choicePage(after);
}

const said: Readonly<Record<Exclude<Link['status'], 'active'>, string>> = {
  completed: 'Paid. You may close this page.',
  paymentPending: 'The bank takes a while for its answer. You may close this page.',
  expired: 'The time to pay is over.',
};

function choicePage(link: Link, declined?: string): PartnerAnswer {
  const { id, amount, status, allowedPaymentMethods = [] } = link;
  const isCard = allowedPaymentMethods.includes('scheme');
  const offered = names.filter((one) => isCard || one !== 'frictionless');
  return shopperPage({
    title: 'Sandbox payment link',
    text: "This page stands for Adyen's page of a payment link.",
    amount: amountText(amount),
    details: [
      ['Link', id],
      ['Method', allowedPaymentMethods.join(', ')],
    ],
    choices: status === 'active' ? offered.map((one) => [`?outcome=${one}`, outcomes[one]]) : [],
    said: status === 'active' ? declined : said[status],
  });
}
