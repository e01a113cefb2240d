import type { Cause } from '../../events/envelope.ts';
import { defined } from '../kernel/defined.ts';
import { toJson } from '../kernel/money.ts';
import { type Instant, toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  type Decided,
  decideAndReport,
  nextInstalment,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnIntent } from './apply-intent-update.ts';
import { providerOf } from './nothing-to-collect.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import { returnMoneyIfStopped } from './return-money.ts';

/**
 * Charges the later instalments that are due, in turn. The attempt is recorded before the provider is
 * asked, with its key and its amount, and each repeat asks under that key until there is an outcome: so a due date is
 * one attempt, whatever repeats, and a refund can't change an amount that is being charged. A decline is a fact that
 * says when the next attempt is made. If the order stopped during the call, the money is returned.
 */
export async function chargeInstalments(deps: PaymentDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await actOnOrder(deps, orderId, cause, (now) => askedNow(now, toInstant(deps.clock())));
  const next = nextInstalment(timeline.facts);
  const { paymentId, providerPaymentId, authorisationReference, provider: code } = paymentOf(timeline);
  if (next?.isAsked !== true || providerPaymentId === undefined) return;
  const provider = await providerOf(deps, code);
  const { captureId, amount, isLast: isFinal, n: instalment } = next;
  const reported = await provider.capture(toInstant(deps.clock()), {
    ...{ orderId, paymentId, providerPaymentId, captureId, amount, isFinal, instalment },
    ...defined({ authorisationReference }),
  });
  const latest = await decideAndReport(deps, orderId, cause, (now) =>
    decideOnIntent(now, { paymentId }, reported),
  );
  await returnMoneyIfStopped(deps, latest, cause);
  // Without an outcome, as while the provider's bank is asked, the sweeper comes again.
  const after = nextInstalment(latest.facts);
  if (after !== undefined && after.captureId !== captureId) await chargeInstalments(deps, orderId, cause);
}

/** The fact that an instalment is charged, if one is due and none is being charged. */
function askedNow(timeline: Timeline, now: Instant): Decided[] {
  const next = nextInstalment(timeline.facts);
  if (next === undefined || next.isAsked || next.dueAt > now) return [];
  const { paymentId } = paymentOf(timeline);
  const { n: instalment, captureId, amount } = next;
  return [
    { name: 'payment.instalment_asked', data: { paymentId, instalment, captureId, amount: toJson(amount) } },
  ];
}
