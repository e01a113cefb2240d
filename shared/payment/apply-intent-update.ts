import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { toJson } from '../kernel/money.ts';
import {
  CAPTURE_FAILED,
  type Decided,
  type Decision,
  type EarlierIntent,
  holdOnce,
  NotYet,
  nothing,
  orderStateOf,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnDispute, decideOnEarlierDispute } from './apply-dispute.ts';
import { decideOnPayment, decideOnRefund, isSame } from './apply-payment-update.ts';
import { movedBack } from './move-payment.ts';
import { newCaptures } from './new-captures.ts';
import { type Payment, paymentOf } from './payment.ts';
import type { ProviderDispute, ProviderRefund, ReportedPayment } from './provider.ts';
import { unbookedRefund } from './unbooked-refund.ts';

/** What a provider says about an intent of the order: ours, by the payment that it repeats. */
interface Said {
  readonly paymentId: string;
  /** The callback that says it; absent for an answer. */
  readonly callbackId?: string | undefined;
}

/**
 * The facts that follow from the provider's view of any intent of the order: of the one that pays it, or of one that
 * was left. The first intent that brings money pays the order, also one that was left. Money of every other goes back.
 * An intent that was left and is authorised only is voided: it may be void by the time that we hear of it. An intent
 * that is not the order's is reported.
 */
export function decideOnIntent(timeline: Timeline, said: Said, reported: ReportedPayment): Decision {
  return forIntent(timeline, said, reported.providerPaymentId ?? said.paymentId, {
    current: () => decideOnPayment(timeline, reported, said.callbackId),
    earlier: (payment, intent) => decideOnEarlier(timeline, payment, intent, reported),
  });
}

/** The facts that follow from the provider's view of a refund: of the order's payment, or of an earlier intent. */
export function decideOnIntentRefund(timeline: Timeline, said: Said, reported: ProviderRefund): Decision {
  return forIntent(timeline, said, reported.providerReference, {
    current: () => decideOnRefund(timeline, reported),
    earlier: (_, intent) => decideOnEarlierRefund(timeline, intent, reported),
  });
}

/** The facts that follow from the provider's view of a dispute about any intent of the order. */
export function decideOnIntentDispute(timeline: Timeline, said: Said, dispute: ProviderDispute): Decision {
  return forIntent(timeline, said, dispute.disputeId, {
    current: () => decideOnDispute(timeline, dispute),
    earlier: (_, intent) => decideOnEarlierDispute(timeline, intent, dispute),
  });
}

function forIntent(
  timeline: Timeline,
  { paymentId }: Said,
  reference: string,
  decide: {
    readonly current: () => Decision;
    readonly earlier: (payment: Payment, intent: EarlierIntent) => Decision;
  },
): Decision {
  const payment = paymentOf(timeline);
  if (payment.paymentId === paymentId) return decide.current();
  const intent = payment.earlier.find((one) => one.paymentId === paymentId);
  if (intent !== undefined) return decide.earlier(payment, intent);
  const detail = { orderId: timeline.orderId, reference };
  return { facts: [], notices: [{ code: 'callback-without-order', detail }] };
}

function decideOnEarlier(
  timeline: Timeline,
  payment: Payment,
  intent: EarlierIntent,
  reported: ReportedPayment,
): Decision {
  const { paymentId, provider } = intent;
  const isOpen = intent.status === 'open';
  if (reported.status === 'voided')
    return isOpen
      ? { facts: [{ name: 'intent.voided', data: { paymentId, provider } }], notices: [] }
      : nothing;
  if (reported.status === 'captured' && isOpen && paysInstead(timeline, payment, reported)) {
    const moved = movedBack(timeline, intent);
    const decision = decideOnPayment(assuming(timeline, moved), reported);
    return { ...decision, facts: [moved, ...decision.facts] };
  }
  if (reported.captureFailed !== undefined)
    return { facts: holdOnce(timeline.facts, CAPTURE_FAILED), notices: [] };
  const added = newCaptures(intent, reported);
  const facts = added.map(({ reference: providerReference, amount }): Decided => {
    const { providerPaymentId = intent.providerPaymentId, authorisationReference } = reported;
    // The answer that names the intent is still on its way to the timeline.
    if (providerPaymentId === undefined) throw new NotYet(`the intent of ${paymentId} is not known yet`);
    const data = {
      ...{ paymentId, provider, providerPaymentId, amount: toJson(amount), providerReference },
      ...defined({ authorisationReference }),
    };
    return { name: 'intent.captured', data };
  });
  return { facts, notices: [] };
}

/** Whether an intent that was left pays the order: it has the whole amount, and no other intent was paid before. */
function paysInstead({ facts }: Timeline, { status, total }: Payment, { amount }: ReportedPayment): boolean {
  const isUnpaid = status === 'planned' || status === 'started';
  return isUnpaid && orderStateOf(facts).ended === undefined && isSame(amount, total);
}

/** The timeline as if the fact had been appended. */
function assuming({ orderId, facts }: Timeline, { name, data }: Decided): Timeline {
  const last = facts.at(-1);
  const fact = { ...last, sequence: facts.length + 1, name, data } as Fact;
  return { orderId, facts: [...facts, fact] };
}

function decideOnEarlierRefund(
  { orderId, facts }: Timeline,
  { paymentId, provider, refunds }: EarlierIntent,
  reported: ProviderRefund,
): Decision {
  const { refundId, providerReference, status, amount } = reported;
  const known = refunds.find((refund) => refund.refundId === refundId);
  if (known === undefined) {
    const detail = { orderId, reference: providerReference };
    return { facts: [], notices: [{ code: 'callback-without-order', detail }] };
  }
  const unbooked = unbookedRefund(facts, known, reported);
  if (unbooked !== undefined) return unbooked;
  if (status === 'failed') {
    const cameBack = known.status === 'paid' ? { cameBack: toJson(known.amount) } : {};
    const data = { paymentId, provider, refundId, code: reported.failureCode ?? 'unknown', ...cameBack };
    return { facts: [{ name: 'intent.refund_failed', data }], notices: [] };
  }
  const data = { paymentId, provider, refundId, amount: toJson(amount), providerReference };
  return {
    facts: [{ name: 'intent.refunded', data }],
    notices: isSame(amount, known.amount) ? [] : [{ code: 'amount-differs', detail: { orderId, refundId } }],
  };
}
