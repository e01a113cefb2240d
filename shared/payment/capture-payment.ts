import type { Cause } from '../../events/envelope.ts';
import { defined } from '../kernel/defined.ts';
import { toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  blockerOf,
  captureAt,
  captureIdOf,
  capturesDue,
  type DueCapture,
  decideAndReport,
  holdOnce,
  instalmentsOf,
  loadOrder,
  placedFact,
  restToRelease,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnIntent } from './apply-intent-update.ts';
import { chargeInstalments } from './charge-instalments.ts';
import { goneIfFailed } from './gone-if-failed.ts';
import { providerOf } from './nothing-to-collect.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider, ProviderPayment } from './provider.ts';
import { returnMoneyIfStopped } from './return-money.ts';
import { authenticationBy, isSufficient, needsAuthentication } from './strong-authentication.ts';
import { voidIntent } from './void-intent.ts';

/**
 * Captures an authorised payment once the order is screened, or what has left of an order that is paid at dispatch, or
 * the instalments that are due: see {@link chargeInstalments}. The idempotency key is `capture:{paymentId}`, or that of
 * the parcel, so repeating it captures nothing twice. If the order stopped during the call, the money is returned.
 * Where strong customer authentication is the rule, nothing is captured without its outcome or an exemption: a person
 * looks at such an order. Where nothing is left to be captured, the rest of the authorisation is released.
 */
export async function capturePayment(deps: PaymentDeps, orderId: string, cause: Cause): Promise<void> {
  const timeline = await loadOrder(deps.timelines, orderId);
  const payment = paymentOf(timeline);
  const { paymentId, providerPaymentId, authorisationReference, provider: code } = payment;
  const [due] = dueNow(timeline);
  if (due === undefined && instalmentsOf(timeline.facts) !== undefined)
    return chargeInstalments(deps, orderId, cause);
  if (due === undefined) return releaseRest(deps, timeline, cause);
  if (providerPaymentId === undefined) return;
  const provider = await providerOf(deps, code);
  const authentication = await authenticationFor(deps, provider, timeline, providerPaymentId);
  if (authentication === 'missing') {
    await actOnOrder(deps, orderId, cause, ({ facts }) => holdOnce(facts, 'not-authenticated'));
    return;
  }
  const { parcelId: captureId = due.captureId ?? paymentId, amount, isFinal, instalment } = due;
  const command = {
    ...{ orderId, paymentId, providerPaymentId, captureId, amount, isFinal },
    ...defined({ authorisationReference, instalment }),
  };
  const captured = await provider.capture(toInstant(deps.clock()), command);
  const reported = { ...captured, ...defined({ authentication }) };
  const latest = await decideAndReport(deps, orderId, cause, (now) =>
    decideOnIntent(now, { paymentId }, reported),
  );
  await returnMoneyIfStopped(deps, latest, cause);
  // Of several parcels that left, each is captured by itself.
  if (dueNow(latest).length < dueNow(timeline).length) await capturePayment(deps, orderId, cause);
}

/**
 * Gives back what is held of an order of which everything that left is paid. Idempotency key: `void:{paymentId}`. A
 * provider that keeps nothing after its last capture says so, and nothing is recorded twice.
 */
async function releaseRest(deps: PaymentDeps, timeline: Timeline, cause: Cause): Promise<void> {
  const { orderId, facts } = timeline;
  const payment = paymentOf(timeline);
  if (payment.status !== 'authorised' || restToRelease(facts) === undefined) return;
  const { paymentId } = payment;
  const reported = await voidIntent(deps, timeline, payment);
  if (reported === undefined) return;
  await decideAndReport(deps, orderId, cause, (now) =>
    decideOnIntent(now, { paymentId }, goneIfFailed(reported)),
  );
}

/** The outcome on which the money may be captured. Undefined where the rule does not hold. */
async function authenticationFor(
  deps: PaymentDeps,
  provider: BoundPaymentProvider,
  timeline: Timeline,
  providerPaymentId: string,
): Promise<ProviderPayment['authentication'] | 'missing'> {
  const { method, total, authentication: known } = paymentOf(timeline);
  const { country } = placedFact(timeline).data.landedCost.destination;
  if (!needsAuthentication(country) || total.amountMinor === 0) return undefined;
  const byNature = authenticationBy(provider, method);
  if (byNature !== undefined) return byNature;
  if (isSufficient(known)) return known;
  const { authentication } = await provider.find(toInstant(deps.clock()), { providerPaymentId });
  return isSufficient(authentication) ? authentication : 'missing';
}

type Due = Pick<DueCapture, 'parcelId' | 'amount' | 'isFinal'> & {
  /** Of the first instalment. */
  readonly captureId?: string;
  readonly instalment?: number;
};

/**
 * What is to be captured now, where the amount is authorised: what left of an order that is paid at dispatch; otherwise
 * the total, or the first instalment, if its missing capture is the order's only blocker.
 */
function dueNow(timeline: Timeline): readonly Due[] {
  const { facts } = timeline;
  const { status, total, paymentId } = paymentOf(timeline);
  if (status !== 'authorised') return [];
  if (captureAt(facts) !== undefined) return capturesDue(facts);
  if (blockerOf(facts) !== 'unpaid') return [];
  const first = instalmentsOf(facts)?.find(({ n }) => n === 1);
  if (first !== undefined && first.captured === undefined) {
    const part = { captureId: captureIdOf(paymentId, 1), amount: first.amount, instalment: 1 };
    return [{ parcelId: undefined, isFinal: false, ...part }];
  }
  return first === undefined ? [{ parcelId: undefined, amount: total, isFinal: true }] : [];
}
