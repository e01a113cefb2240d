import { minorText, shopperPage } from '../../../../../infra/sandbox/pages/shopper-page.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { shopperBehaviour } from '../../../../../infra/sandbox/payment-behaviours.ts';
import type { KlarnaBooks, Page, PageStatus } from './books.ts';

const outcomes: Readonly<Record<string, { readonly text: string; readonly status: PageStatus }>> = {
  pay: { text: 'Pay with Klarna', status: 'COMPLETED' },
  decline: { text: 'Be refused by Klarna', status: 'FAILED' },
  cancel: { text: 'Cancel', status: 'CANCELLED' },
};

/** GET /sandbox/pay/{id}: Klarna's hosted page. With `outcome` the shopper acts there, and comes back to the shop. */
export function showHostedPage(books: KlarnaBooks, id: string, { query }: PartnerRequest): PartnerAnswer {
  const page = books.page(id);
  const chosen = outcomes[query.get('outcome') ?? ''];
  if (chosen === undefined) return linksPage(books, page);
  const after = act(books, page, chosen.status);
  const urls = after.merchant_urls ?? {};
  const location =
    after.status === 'COMPLETED' ? urls.success : after.status === 'FAILED' ? urls.failure : urls.cancel;
  if (location === undefined) return linksPage(books, after);
  return { status: 302, headers: { 'content-type': 'text/plain', location }, body: '' };
}

/** The shopper opens the page, and then chooses. One who has left it comes back only if a fault says so. */
function act(books: KlarnaBooks, page: Page, status: PageStatus): Page {
  if (page.status === 'COMPLETED' || page.status === 'DISABLED') return page;
  const behaviour = shopperBehaviour(books.sandbox, JSON.stringify(books.session(page.kpSession)));
  if (page.status === 'CANCELLED' && behaviour !== 'paid_late') return page;
  const opened = books.move(page, 'IN_PROGRESS');
  const isRefused = status === 'COMPLETED' && behaviour === 'declined';
  return books.move(opened, isRefused ? 'FAILED' : status, behaviour);
}

function linksPage(books: KlarnaBooks, { session_id, status, kpSession }: Page): PartnerAnswer {
  const { order_amount: amount, purchase_currency: currency } = books.session(kpSession);
  const isOpen = status !== 'COMPLETED' && status !== 'DISABLED' && status !== 'CANCELLED';
  return shopperPage({
    ...{ title: 'Sandbox of Klarna', text: "This page stands for Klarna's hosted page." },
    amount: minorText(amount, currency),
    details: [
      ['Page', session_id],
      ['Status', status],
    ],
    choices: isOpen ? Object.entries(outcomes).map(([one, { text }]) => [`?outcome=${one}`, text]) : [],
    said: status === 'COMPLETED' ? 'Paid. You may close this page.' : undefined,
  });
}
