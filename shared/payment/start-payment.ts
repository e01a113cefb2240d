import type { Cause } from '../../events/envelope.ts';
import { defined } from '../kernel/defined.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { toInstant } from '../kernel/time.ts';
import { PartnerRefused } from '../partners/partner-answer.ts';
import { PartnerNotSetUp, SettingsRefused } from '../partners/plug-in.ts';
import { PartnerUnavailable } from '../partners/send.ts';
import {
  type Decided,
  decideAndReport,
  lastNamed,
  loadOrder,
  nothing,
  orderStateOf,
  placedFact,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnPayment } from './apply-payment-update.ts';
import type { NextAction } from './next-action.ts';
import { providerOf } from './nothing-to-collect.ts';
import { paymentOf } from './payment.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider, Payer } from './provider.ts';
import { returnMoneyIfStopped } from './return-money.ts';

export interface StartedPayment {
  readonly paymentId: string;
  readonly nextAction: NextAction;
}

/** Why no payment can be started: the provider refuses this payment, or can't be asked until somebody repairs it. */
export type StartRefusal =
  | { readonly reason: 'payment-refused' }
  | {
      readonly reason: 'provider-blocked';
      /** What must be repaired, for the operator: codes, never personal data. */
      readonly blocker: string;
    };

type Started = Result<StartedPayment, StartRefusal>;

/**
 * Creates the intent at the provider and returns the shopper's next action. Asking again gives the same intent and the
 * same next action as long as the shopper can still pay. The idempotency key is `start:{paymentId}`, so a repeat after
 * an error or a lost answer never creates a second one. A provider that refuses the payment ends the order, and a
 * repeat gets the same refusal. A provider that can't be asked leaves the order as it is. An order that was placed a
 * moment ago is not read where its timeline is known.
 */
export async function startPayment(
  deps: PaymentDeps,
  orderId: string,
  { returnUrl }: { readonly returnUrl?: string } = {},
  cause: Cause = { by: 'shopper' },
): Promise<Started> {
  const timeline = deps.known ?? (await loadOrder(deps.timelines, orderId));
  const { paymentId, status } = paymentOf(timeline);
  if (wasRefused(timeline)) return refused({ reason: 'payment-refused' });
  const isOver = orderStateOf(timeline.facts).ended !== undefined;
  if (isOver || (status !== 'planned' && status !== 'started'))
    return ok({ paymentId, nextAction: { type: 'none' } });
  try {
    return ok(await makeIntent(deps, timeline, defined({ returnUrl }), cause));
  } catch (error) {
    if (error instanceof PartnerUnavailable) return ok({ paymentId, nextAction: { type: 'pending' } });
    if (error instanceof PartnerRefused && isOfPayment(error) && status === 'planned')
      return endRefused(deps, orderId, error, cause);
    if (error instanceof PartnerRefused || isNotSetUp(error))
      return refused({ reason: 'provider-blocked', blocker: error.message });
    throw error;
  }
}

async function makeIntent(
  deps: PaymentDeps,
  timeline: Timeline,
  returning: { readonly returnUrl?: string },
  cause: Cause,
): Promise<StartedPayment> {
  const { orderId } = timeline;
  const { paymentId, provider: code, method, total } = paymentOf(timeline);
  const provider = await providerOf(deps, code);
  const { landedCost, reservedUntil, payableUntil = reservedUntil } = placedFact(timeline).data;
  const { country } = landedCost.destination;
  const payer = await payerFor(deps, provider, { orderId, method });
  const command = {
    orderId,
    paymentId,
    amount: total,
    method,
    country,
    payableUntil,
    ...returning,
    ...payer,
  };
  const { payment, nextAction } = await provider.start(toInstant(deps.clock()), command);
  const latest = await decideAndReport({ ...deps, known: timeline }, orderId, cause, (now) =>
    decideOnPayment(now, payment),
  );
  await returnMoneyIfStopped(deps, latest, cause);
  const { providerPaymentId } = payment;
  if (paymentOf(latest).providerPaymentId === providerPaymentId) return { paymentId, nextAction };
  // Providers forget idempotency keys after about a day. The shopper must not pay an intent that isn't the order's own.
  const unknownPayment = {
    ...{ orderId, paymentId: providerPaymentId, providerPaymentId, currency: total.currency },
  };
  await provider.void(toInstant(deps.clock()), unknownPayment);
  return { paymentId, nextAction: { type: 'none' } };
}

/** The shopper's data, read only for a method that asks for it. */
async function payerFor(
  deps: PaymentDeps,
  { methods }: Pick<BoundPaymentProvider, 'methods'>,
  { orderId, method }: { readonly orderId: string; readonly method: string },
): Promise<{ readonly payer?: Payer }> {
  const offer = methods.find((one) => one.method === method);
  if (offer?.payerNeeds === undefined) return {};
  const { customer, shippingAddress, billingAddress = shippingAddress } = await deps.details.read(orderId);
  return { payer: { customer, address: billingAddress } };
}

/** Whether the refusal concerns this payment. 401, 403 and 404 concern our account or our settings. */
const isOfPayment = ({ status }: PartnerRefused) =>
  status >= 400 && status < 500 && ![401, 403, 404].includes(status);

const isNotSetUp = (error: unknown): error is Error =>
  error instanceof PartnerNotSetUp || error instanceof SettingsRefused;

/** Ends the order, so that its stock is free at once. If an intent of it turns up meanwhile, the order stands. */
async function endRefused(
  deps: PaymentDeps,
  orderId: string,
  { partner, code }: PartnerRefused,
  cause: Cause,
): Promise<Started> {
  const latest = await decideAndReport(deps, orderId, cause, (now) => {
    const { paymentId, status } = paymentOf(now);
    if (orderStateOf(now.facts).ended !== undefined || status !== 'planned') return nothing;
    const facts: Decided[] = [
      { name: 'payment.failed', data: { paymentId, code } },
      { name: 'order.cancelled', data: { reason: 'payment-refused' } },
    ];
    return { facts, notices: [{ code: 'partner-refused', detail: { orderId, partner, code } }] };
  });
  const { paymentId } = paymentOf(latest);
  return wasRefused(latest)
    ? refused({ reason: 'payment-refused' })
    : ok({ paymentId, nextAction: { type: 'pending' } });
}

const wasRefused = ({ facts }: Timeline) =>
  lastNamed(facts, 'order.cancelled')?.data.reason === 'payment-refused';
