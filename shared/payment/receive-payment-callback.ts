import type { Cause } from '../../events/envelope.ts';
import { type Decision, decideAndReport, type Timeline, UnknownOrder } from '../timeline/index.ts';
import { decideOnPayment, decideOnRefund } from './apply-payment-news.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { PaymentNews } from './provider.ts';
import { returnMoneyIfStopped } from './return-money.ts';

/** A provider's call as it was stored: genuine, not yet interpreted. */
export interface PaymentCallback {
  readonly code: string;
  readonly callbackId: string;
  readonly rawBody: Buffer;
}

/** Turns what a provider called about into facts of the order that it names. */
export async function receivePaymentCallback(deps: PaymentDeps, callback: PaymentCallback): Promise<void> {
  const { code, callbackId, rawBody } = callback;
  const provider = await deps.providerByCode(code);
  const news = provider.interpret(rawBody);
  if (news.kind === 'ignored') return;
  if (news.kind === 'unrecognised') {
    deps.report({
      code: 'partner-word-unrecognised',
      detail: { partner: code, word: news.word, callbackId },
    });
    return;
  }
  const cause: Cause = { by: 'partner', reference: callbackId.slice(0, 200) };
  try {
    const latest = await decideAndReport(deps, news.orderId, cause, (timeline) =>
      decideOnNews(timeline, code, news, callbackId),
    );
    await returnMoneyIfStopped(deps, latest, cause);
  } catch (error) {
    if (!(error instanceof UnknownOrder)) throw error;
    deps.report({
      code: 'callback-without-order',
      detail: { partner: code, orderId: news.orderId, callbackId },
    });
  }
}

/** An intent says whose it is in its metadata; it is believed where provider and payment are the order's own. */
export function decideOnNews(
  timeline: Timeline,
  code: string,
  news: Extract<PaymentNews, { kind: 'payment' | 'refund' }>,
  callbackId: string,
): Decision {
  const { paymentId, provider } = paymentOf(timeline);
  if (paymentId !== news.paymentId || provider !== code) {
    const detail = { partner: code, orderId: timeline.orderId, callbackId };
    return { facts: [], notices: [{ code: 'callback-without-order', detail }] };
  }
  return news.kind === 'payment'
    ? decideOnPayment(timeline, news.payment, callbackId)
    : decideOnRefund(timeline, news.refund);
}
