import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { type StripeBooks, unasked } from './books.ts';
import { type CustomerOutcome, finishAction } from './confirm.ts';
import type { StripeIntent } from './wire.ts';

const outcomes: readonly CustomerOutcome[] = ['succeed', 'fail', 'expire'];

/**
 * GET /sandbox/authorise/{id}: the page that stands for the customer's bank, wallet or shop counter. Without `outcome` it
 * shows links; with one it completes the action and sends the browser to the intent's `return_url`, when it has one.
 */
export function showPage(books: StripeBooks, id: string, request: PartnerRequest): PartnerAnswer {
  const before = books.intent(id);
  if (request.query.get('image') === 'svg') return showCode(before);
  const outcome = outcomes.find((one) => one === request.query.get('outcome'));
  if (outcome === undefined) return html(200, linksPage(before));
  const after = finishAction(books, id, outcome, unasked);
  const returnUrl = readReturnUrl(before);
  if (returnUrl === undefined) return html(200, `<p>${after.status}</p>`);
  const location = new URL(returnUrl);
  location.searchParams.set('payment_intent', id);
  location.searchParams.set('payment_intent_client_secret', before.client_secret);
  location.searchParams.set(
    'redirect_status',
    after.status === 'succeeded' || after.status === 'requires_capture' ? 'succeeded' : 'failed',
  );
  return {
    ...html(302, ''),
    headers: { 'content-type': 'text/html; charset=utf-8', location: location.href },
  };
}

function readReturnUrl(intent: StripeIntent): string | undefined {
  const action = intent.next_action;
  const details =
    action === null ? undefined : (action[action.type] as { return_url?: string | null } | undefined);
  return details?.return_url ?? undefined;
}

function linksPage(intent: StripeIntent): string {
  const links = outcomes.map((one) => `<li><a href="?outcome=${one}">${one}</a></li>`).join('');
  return `<h1>Sandbox payment</h1><p>${intent.amount} ${intent.currency} (smallest unit): ${intent.status}</p><ul>${links}</ul>`;
}

function showCode(intent: StripeIntent): PartnerAnswer {
  const text = `<text x="10" y="30">${intent.id}</text>`;
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="50">${text}</svg>`;
  return { status: 200, headers: { 'content-type': 'image/svg+xml' }, body };
}

function html(status: number, content: string): PartnerAnswer {
  const body = `<!doctype html><meta charset="utf-8"><title>Sandbox</title>${content}`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
