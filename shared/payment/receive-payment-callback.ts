import type { Cause } from '../../events/envelope.ts';
import { type Decision, decideAndReport, type Timeline, UnknownOrder } from '../timeline/index.ts';
import { decideOnPayment, decideOnRefund } from './apply-payment-update.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { PaymentUpdate } from './provider.ts';
import { returnMoneyIfStopped } from './return-money.ts';

/** A stored call of a provider: genuine, not yet interpreted. */
export interface PaymentCallback {
  readonly code: string;
  readonly callbackId: string;
  readonly rawBody: Buffer;
}

/** Turns a provider's callback into facts of the order that it names. */
export async function receivePaymentCallback(deps: PaymentDeps, callback: PaymentCallback): Promise<void> {
  const { code, callbackId, rawBody } = callback;
  const provider = await deps.providerByCode(code);
  const update = provider.interpret(rawBody);
  if (update.kind === 'ignored') return;
  if (update.kind === 'unrecognised' || update.kind === 'dispute') {
    const word = update.kind === 'dispute' ? `dispute ${update.dispute.status}` : update.word;
    deps.report({ code: 'partner-word-unrecognised', detail: { partner: code, word, callbackId } });
    return;
  }
  const cause: Cause = { by: 'partner', reference: callbackId.slice(0, 200) };
  try {
    const latest = await decideAndReport(deps, update.orderId, cause, (timeline) =>
      decideOnUpdate(timeline, code, update, callbackId),
    );
    await returnMoneyIfStopped(deps, latest, cause);
  } catch (error) {
    if (!(error instanceof UnknownOrder)) throw error;
    deps.report({
      code: 'callback-without-order',
      detail: { partner: code, orderId: update.orderId, callbackId },
    });
  }
}

/** The intent's metadata names the order; it counts only if provider and payment are the order's own. */
function decideOnUpdate(
  timeline: Timeline,
  code: string,
  update: Extract<PaymentUpdate, { kind: 'payment' | 'refund' }>,
  callbackId: string,
): Decision {
  const { paymentId, provider } = paymentOf(timeline);
  if (paymentId !== update.paymentId || provider !== code) {
    const detail = { partner: code, orderId: timeline.orderId, callbackId };
    return { facts: [], notices: [{ code: 'callback-without-order', detail }] };
  }
  return update.kind === 'payment'
    ? decideOnPayment(timeline, update.payment, callbackId)
    : decideOnRefund(timeline, update.refund);
}
