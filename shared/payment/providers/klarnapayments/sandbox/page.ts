import { answerPage, escapeHtml } from '../../../../../infra/sandbox/pages/layout.ts';
import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
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
  if (chosen === undefined) return linksPage(page);
  const isOpen = page.status !== 'COMPLETED' && page.status !== 'DISABLED' && page.status !== 'CANCELLED';
  const after = isOpen ? act(books, page, chosen.status) : page;
  const urls = after.merchant_urls ?? {};
  const location =
    after.status === 'COMPLETED' ? urls.success : after.status === 'FAILED' ? urls.failure : urls.cancel;
  if (location === undefined)
    return answerPage('Sandbox payment', `<p>The page is now <code>${after.status}</code>.</p>`);
  return { status: 302, headers: { 'content-type': 'text/plain', location }, body: '' };
}

/** The shopper opens the page, and then chooses. */
function act(books: KlarnaBooks, page: Page, status: PageStatus): Page {
  const behaviour: string | undefined = books.sandbox.behaviour(
    JSON.stringify(books.session(page.kpSession)),
  );
  const opened = books.move(page, 'IN_PROGRESS');
  return books.move(opened, status === 'COMPLETED' && behaviour === 'declined' ? 'FAILED' : status);
}

function linksPage({ session_id, status }: Page): PartnerAnswer {
  const links = Object.entries(outcomes).map(([outcome, { text }], place) => {
    const look = place === 0 ? 'button' : 'button plain';
    return `<a class="${look}" href="?outcome=${outcome}">${text}</a>`;
  });
  return answerPage(
    'Sandbox payment',
    `<p>This page stands for Klarna's hosted page <code>${escapeHtml(session_id)}</code>: ${status}.</p>
<p>${links.join(' ')}</p>`,
  );
}
