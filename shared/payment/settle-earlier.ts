import type { Cause } from '../../events/envelope.ts';
import { defined } from '../kernel/defined.ts';
import { toJson } from '../kernel/money.ts';
import { toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  type Decided,
  decideAndReport,
  type EarlierIntent,
  forEachInTurn,
  isUnsettled,
  NotYet,
  nothing,
  type Timeline,
  toPayBack,
} from '../timeline/index.ts';
import { decideOnIntent, decideOnIntentRefund } from './apply-intent-update.ts';
import { goneIfFailed } from './gone-if-failed.ts';
import { providerOf } from './nothing-to-collect.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import { voidIntent } from './void-intent.ts';

/**
 * Settles the intents from which the payment was moved away: voids each until its provider says that it is void, and
 * refunds what one brought, under an id that is recorded before the provider is asked. One of them that turns out paid
 * first pays the order. Repeating it voids and refunds nothing twice. Throws while a provider gives no answer, or
 * {@link NotYet} while it can't void; the others are settled all the same.
 */
export async function settleEarlier(deps: PaymentDeps, timeline: Timeline, cause: Cause): Promise<void> {
  const unsettled = paymentOf(timeline).earlier.filter(isUnsettled);
  await forEachInTurn(unsettled, ({ paymentId }) => settleIntent(deps, timeline, paymentId, cause));
}

/** Settles one intent from which the payment was moved away, as {@link settleEarlier} does. */
export async function settleIntent(
  deps: PaymentDeps,
  timeline: Timeline,
  paymentId: string,
  cause: Cause,
): Promise<void> {
  const closed = await close(deps, timeline, paymentId, cause);
  const asked = await requestRefunds(deps, closed, paymentId, cause);
  await payRefunds(deps, asked, paymentId, cause);
  if (earlierOf(asked, paymentId)?.status === 'open')
    throw new NotYet(`the intent of ${paymentId} can't be voided yet`);
}

const earlierOf = (timeline: Timeline, paymentId: string): EarlierIntent | undefined =>
  paymentOf(timeline).earlier.find((intent) => intent.paymentId === paymentId);

async function close(
  deps: PaymentDeps,
  timeline: Timeline,
  paymentId: string,
  cause: Cause,
): Promise<Timeline> {
  const intent = earlierOf(timeline, paymentId);
  if (intent?.status !== 'open') return timeline;
  const reported = await voidIntent(deps, timeline, intent);
  const { provider } = intent;
  return decideAndReport(deps, timeline.orderId, cause, (now) => {
    if (reported !== undefined) return decideOnIntent(now, { paymentId }, goneIfFailed(reported));
    if (earlierOf(now, paymentId)?.status !== 'open') return nothing;
    return {
      facts: [{ name: 'intent.voided', data: { paymentId, provider } }],
      notices: [],
    };
  });
}

/** Records a refund of what the intent brought, in each currency. */
function requestRefunds(
  deps: PaymentDeps,
  { orderId }: Timeline,
  paymentId: string,
  cause: Cause,
): Promise<Timeline> {
  const at = deps.clock();
  return actOnOrder(deps, orderId, cause, (now): Decided[] => {
    const intent = earlierOf(now, paymentId);
    if (intent === undefined) return [];
    return toPayBack(intent).map((amount) => ({
      name: 'intent.refund_requested',
      data: { paymentId, refundId: deps.newId('refund', at), amount: toJson(amount) },
    }));
  });
}

async function payRefunds(
  deps: PaymentDeps,
  timeline: Timeline,
  paymentId: string,
  cause: Cause,
): Promise<void> {
  const { orderId } = timeline;
  const intent = earlierOf(timeline, paymentId);
  const { providerPaymentId, authorisationReference, refunds = [] } = intent ?? {};
  const asked = refunds.filter(({ status }) => status === 'asked');
  if (intent === undefined || asked.length === 0 || providerPaymentId === undefined) return;
  const provider = await providerOf(deps, intent.provider);
  const otherReferences = refunds.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
  await forEachInTurn(asked, async ({ refundId, amount, askedAt }) => {
    const command = { orderId, paymentId, refundId, providerPaymentId, amount, askedAt, otherReferences };
    const reported = await provider.refund(toInstant(deps.clock()), {
      ...command,
      ...defined({ authorisationReference }),
    });
    await decideAndReport(deps, orderId, cause, (now) => decideOnIntentRefund(now, { paymentId }, reported));
  });
}
