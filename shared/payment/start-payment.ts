import type { Cause } from '../../events/envelope.ts';
import { defined } from '../kernel/defined.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { toInstant } from '../kernel/time.ts';
import { PartnerRefused } from '../partners/partner-answer.ts';
import { PartnerNotSetUp, SettingsRefused } from '../partners/plug-in.ts';
import { PartnerUnavailable } from '../partners/send.ts';
import {
  currentIntent,
  type Decided,
  decideAndReport,
  lastNamed,
  loadOrder,
  NO_ANSWER,
  nothing,
  orderStateOf,
  placedFact,
  planOf,
  reservationOf,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnIntent } from './apply-intent-update.ts';
import { firstInstalment } from './first-instalment.ts';
import { mayMoveAway, movedTo, type WhyMoved } from './move-payment.ts';
import type { NextAction } from './next-action.ts';
import { providerOf } from './nothing-to-collect.ts';
import { payerFor, withKnownPayer } from './payer.ts';
import { missingOfRequest, type RequestField, type StartRequest } from './payer-data.ts';
import { paymentOf } from './payment.ts';
import type { PaymentMethod } from './payment-methods.ts';
import { isOfPayment } from './refusal-of-payment.ts';
import { returnMoneyIfStopped } from './return-money.ts';
import { settleIfAnswered } from './settle-if-answered.ts';
import type { StartDeps } from './start-deps.ts';

export interface StartedPayment {
  readonly paymentId: string;
  /** The method and the provider that the next action is of: another provider than before, if that one was out. */
  readonly method: string;
  readonly provider: string;
  readonly nextAction: NextAction;
  /** Where the provider gave no answer: the methods of other providers, in the order of the market. */
  readonly otherMethods?: readonly OtherMethod[];
}

type OtherMethod = Pick<PaymentMethod, 'method' | 'provider'>;

/** Why no payment can be started: the provider refuses this payment, or can't be asked until somebody repairs it. */
export type StartRefusal =
  | { readonly reason: 'payment-refused' }
  /** The method needs a UPI address or a page to return to, and the request has none. It may be repeated with it. */
  | { readonly reason: 'payer-needs'; readonly field: RequestField }
  | {
      readonly reason: 'provider-blocked';
      /** What must be repaired, for the operator: codes, never personal data. */
      readonly blocker: string;
    };

type Started = Result<StartedPayment, StartRefusal>;

interface Starting {
  readonly deps: StartDeps;
  readonly request: StartRequest;
  readonly cause: Cause;
}

/** The most providers that one request asks: each may take some seconds until it counts as out. */
const MAX_PROVIDERS = 2;

/**
 * Creates the intent at the provider and returns the shopper's next action. Asking again gives the same intent and the
 * same next action as long as the shopper can still pay. The idempotency key is `start:{paymentId}`, so a repeat after
 * an error or a lost answer never creates a second one.
 *
 * A provider that gives no answer, that has no settings, or that refuses the payment is left: the payment moves to the
 * next provider that offers the method. An intent whose answer was lost is voided before the next one is made, if its
 * provider answers. If no other offers the method, a refusal ends the order, and a repeat gets the same refusal; a
 * provider that can't be asked leaves the order as it is. Where the latest attempt was declined because the bank or the
 * provider could not be reached, asking again moves the payment as well. An order that was placed a moment ago is not
 * read where its timeline is known.
 */
export async function startPayment(
  deps: StartDeps,
  orderId: string,
  request: StartRequest = {},
  cause: Cause = { by: 'shopper' },
): Promise<Started> {
  const starting: Starting = { deps, request, cause };
  const timeline = deps.known ?? (await loadOrder(deps.timelines, orderId));
  return startAt(starting, timeline, MAX_PROVIDERS);
}

async function startAt(starting: Starting, timeline: Timeline, providers: number): Promise<Started> {
  const { status } = paymentOf(timeline);
  if (wasRefused(timeline)) return refused({ reason: 'payment-refused' });
  const isOver = orderStateOf(timeline.facts).ended !== undefined;
  if (isOver || (status !== 'planned' && status !== 'started'))
    return ok({ ...named(timeline), nextAction: { type: 'none' } });
  const declined = await softDeclineOf(starting, timeline);
  const otherwise = declined === undefined ? undefined : await moveOn(starting, timeline, declined);
  if (otherwise !== undefined) return startAt(starting, otherwise, providers);
  try {
    return await makeIntent(starting, timeline);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    const moved = providers > 1 ? await moveOn(starting, timeline, failure) : undefined;
    if (moved !== undefined) return startAt(starting, moved, providers - 1);
    return withoutIntent(starting, timeline, failure);
  }
}

/**
 * Why the payment leaves a provider at which its latest attempt was declined: the bank or the provider could not be
 * reached, so that another provider may do better. Undefined: nothing was declined, or the shopper's bank said no.
 */
async function softDeclineOf({ deps }: Starting, { facts }: Timeline): Promise<Leaving | undefined> {
  const { paymentId, provider: code } = currentIntent(facts);
  const declined = lastNamed(facts, 'payment.failed')?.data;
  if (declined === undefined || declined.paymentId !== paymentId || declined.code === NO_ANSWER)
    return undefined;
  const { softDeclines = [] } = await providerOf(deps, code);
  return softDeclines.includes(declined.code) ? { reason: 'soft-decline', code: declined.code } : undefined;
}

/** Why the payment leaves a provider. */
interface Leaving extends WhyMoved {
  readonly code: string;
}

/** Why a provider made no intent. */
interface Failure extends Leaving {
  readonly reason: 'no-answer' | 'refused' | 'not-set-up';
  /** Codes for the operator. */
  readonly text: string;
}

/** Undefined: another error, which goes on. */
function failureOf(error: unknown): Failure | undefined {
  if (error instanceof PartnerUnavailable)
    return { reason: 'no-answer', code: NO_ANSWER, text: error.message };
  if (error instanceof PartnerRefused) {
    const reason = isOfPayment(error) ? 'refused' : 'not-set-up';
    return { reason, code: error.code, text: error.message };
  }
  if (error instanceof PartnerNotSetUp || error instanceof SettingsRefused)
    return { reason: 'not-set-up', code: 'not-set-up', text: error.message };
  return undefined;
}

/** The answer where no intent was made, and no other provider offers the method. */
async function withoutIntent(starting: Starting, timeline: Timeline, failure: Failure): Promise<Started> {
  const { status } = paymentOf(timeline);
  const { reason, text: blocker } = failure;
  if (reason === 'refused' && status === 'planned') return endRefused(starting, timeline, failure);
  if (reason !== 'no-answer') return refused({ reason: 'provider-blocked', blocker });
  const latest = await recordNoAnswer(starting, timeline);
  const others = await othersThan(starting, latest, [paymentOf(latest).provider]);
  const otherMethods = others.map(({ method, provider }) => ({ method, provider }));
  return ok({
    ...named(latest),
    nextAction: { type: 'pending' },
    ...(otherMethods.length === 0 ? {} : { otherMethods }),
  });
}

/**
 * The attempt is recorded, once until something else happens. It counts in the provider's rate of success. Of an order
 * that has ended meanwhile, it says that an intent may be there to be voided.
 */
function recordNoAnswer({ deps, cause }: Starting, timeline: Timeline): Promise<Timeline> {
  const { paymentId, status } = paymentOf(timeline);
  return decideAndReport({ ...deps, known: timeline }, timeline.orderId, cause, (now) => {
    const before = lastNamed(now.facts, 'payment.failed')?.data;
    const isKnown = before?.code === NO_ANSWER && before.paymentId === paymentId;
    if (isKnown || status !== 'planned' || paymentOf(now).paymentId !== paymentId) return nothing;
    return { facts: [{ name: 'payment.failed', data: { paymentId, code: NO_ANSWER } }], notices: [] };
  });
}

function named(timeline: Timeline): Pick<StartedPayment, 'paymentId' | 'method' | 'provider'> {
  const { paymentId, method, provider } = paymentOf(timeline);
  return { paymentId, method, provider };
}

/**
 * Moves the payment to the next provider that offers its method. Undefined if there is none. An intent that was made,
 * or may have been, is settled first.
 */
async function moveOn(
  starting: Starting,
  timeline: Timeline,
  { reason, code }: Leaving,
): Promise<Timeline | undefined> {
  // The shopper agreed to instalments at this provider: another one has no such mandate.
  if (!mayMoveAway(timeline) || planOf(timeline.facts) !== undefined) return undefined;
  const { deps, cause } = starting;
  const { orderId } = timeline;
  const { paymentId: left, method, provider, earlier } = paymentOf(timeline);
  const tried = [provider, ...earlier.filter((one) => one.method === method).map((one) => one.provider)];
  const next = (await othersThan(starting, timeline, tried)).find((offer) => offer.method === method);
  if (next === undefined) return undefined;
  const paymentId = deps.newId('payment', deps.clock());
  const latest = await decideAndReport({ ...deps, known: timeline }, orderId, cause, (now) =>
    paymentOf(now).paymentId === left && mayMoveAway(now)
      ? { facts: [movedTo(now, { paymentId, method: next }, { reason, code })], notices: [] }
      : nothing,
  );
  if (paymentOf(latest).paymentId === left) return undefined;
  if (reason !== 'no-answer' && reason !== 'soft-decline') return latest;
  const { known: _, ...anew } = deps;
  await settleIfAnswered(anew, latest, left, cause);
  return loadOrder(deps.timelines, orderId);
}

async function othersThan(
  { deps, request }: Starting,
  timeline: Timeline,
  without: readonly string[],
): Promise<readonly PaymentMethod[]> {
  const methods = await deps.methodsWithout?.(placedFact(timeline).data.landedCost, without);
  return withKnownPayer(deps, timeline.orderId, methods ?? [], request);
}

async function makeIntent({ deps, request, cause }: Starting, timeline: Timeline): Promise<Started> {
  const { orderId } = timeline;
  const { paymentId, provider: code, method, total } = paymentOf(timeline);
  const provider = await providerOf(deps, code);
  const { country } = placedFact(timeline).data.landedCost.destination;
  const { payableUntil } = reservationOf(timeline.facts);
  const offer = provider.methods.find((one) => one.method === method);
  const field = missingOfRequest(offer?.payerNeeds, request);
  if (field !== undefined) return refused({ reason: 'payer-needs', field });
  const payer = await payerFor(deps, offer ?? {}, orderId, request);
  const command = {
    orderId,
    paymentId,
    amount: total,
    method,
    country,
    payableUntil,
    ...payer,
    ...defined({ returnUrl: request.returnUrl, firstInstalment: firstInstalment(timeline.facts) }),
  };
  const { payment, nextAction } = await provider.start(toInstant(deps.clock()), command);
  const latest = await decideAndReport({ ...deps, known: timeline }, orderId, cause, (now) =>
    decideOnIntent(now, { paymentId }, payment),
  );
  await returnMoneyIfStopped(deps, latest, cause);
  const { providerPaymentId } = payment;
  const now = paymentOf(latest);
  if (now.paymentId === paymentId && now.providerPaymentId === providerPaymentId)
    return ok({ ...named(latest), nextAction });
  // Another request moved the payment meanwhile, or the provider forgot our key, as providers do after about a day. The
  // shopper must not pay an intent that isn't the order's own.
  const unknownPayment = {
    ...{ orderId, paymentId: providerPaymentId, providerPaymentId, currency: total.currency },
  };
  await provider.void(toInstant(deps.clock()), unknownPayment);
  return ok({ ...named(latest), nextAction: { type: 'none' } });
}

/** Ends the order, so that its stock is free at once. If an intent of it turns up meanwhile, the order stands. */
async function endRefused(
  { deps, cause }: Starting,
  timeline: Timeline,
  { code }: Failure,
): Promise<Started> {
  const { orderId } = timeline;
  const { paymentId, provider: partner } = paymentOf(timeline);
  const latest = await decideAndReport(deps, orderId, cause, (now) => {
    const payment = paymentOf(now);
    const isOther = payment.paymentId !== paymentId || payment.status !== 'planned';
    if (orderStateOf(now.facts).ended !== undefined || isOther) return nothing;
    const facts: Decided[] = [
      { name: 'payment.failed', data: { paymentId, code } },
      { name: 'order.cancelled', data: { reason: 'payment-refused' } },
    ];
    return { facts, notices: [{ code: 'partner-refused', detail: { orderId, partner, code } }] };
  });
  return wasRefused(latest)
    ? refused({ reason: 'payment-refused' })
    : ok({ ...named(latest), nextAction: { type: 'pending' } });
}

const wasRefused = ({ facts }: Timeline) =>
  lastNamed(facts, 'order.cancelled')?.data.reason === 'payment-refused';
