import type { Cause } from '../../events/envelope.ts';
import { invariant } from '../kernel/invariant.ts';
import { toInstant } from '../kernel/time.ts';
import {
  type Decision,
  decideAndReport,
  forEachInTurn,
  intentsOf,
  type Timeline,
  UnknownOrder,
} from '../timeline/index.ts';
import { decideOnIntent, decideOnIntentDispute, decideOnIntentRefund } from './apply-intent-update.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { BoundPaymentProvider, LookedUp, PaymentOwner } from './provider.ts';
import { returnMoneyIfStopped, voidLateAuthorisation } from './return-money.ts';

/** A stored call of a provider: genuine, not yet interpreted. */
export interface PaymentCallback {
  readonly code: string;
  readonly callbackId: string;
  readonly rawBody: Buffer;
}

/** Turns a provider's callback into facts of the order that it names. */
export async function receivePaymentCallback(deps: PaymentDeps, callback: PaymentCallback): Promise<void> {
  const { code, rawBody } = callback;
  const provider = await deps.providerByCode(code);
  const update = provider.interpret(rawBody);
  if (update.kind !== 'look-up') {
    await receiveUpdate(deps, provider, callback, update);
    return;
  }
  invariant(provider.lookUp !== undefined, 'a provider that names objects can be asked for them', { code });
  const updates = await provider.lookUp(toInstant(deps.clock()), update);
  await forEachInTurn(updates, (each) => receiveUpdate(deps, provider, callback, each));
}

async function receiveUpdate(
  deps: PaymentDeps,
  provider: BoundPaymentProvider,
  { code, callbackId }: PaymentCallback,
  update: LookedUp,
): Promise<void> {
  if (update.kind === 'ignored') return;
  const owner = await ownerOf(provider, update, deps.clock());
  if (update.kind === 'unrecognised' || owner === undefined) {
    const word = update.kind === 'unrecognised' ? update.word : `${update.kind}: not our payment`;
    deps.report({ code: 'partner-word-unrecognised', detail: { partner: code, word, callbackId } });
    return;
  }
  const cause: Cause = { by: 'partner', reference: callbackId.slice(0, 200) };
  try {
    const { orderId, paymentId } = owner;
    let latest = await decideAndReport(deps, orderId, cause, (timeline) =>
      decideOnUpdate(timeline, { code, callbackId, paymentId }, update),
    );
    if (update.kind === 'payment')
      latest = await voidLateAuthorisation(deps, latest, { ...update.payment, paymentId }, cause);
    await returnMoneyIfStopped(deps, latest, cause);
  } catch (error) {
    if (!(error instanceof UnknownOrder)) throw error;
    deps.report({
      code: 'callback-without-order',
      detail: { partner: code, orderId: owner.orderId, callbackId },
    });
  }
}

/** Whose payment the update is about. A dispute may name the intent alone: then the provider is asked. */
function ownerOf(
  provider: BoundPaymentProvider,
  update: Exclude<LookedUp, { kind: 'ignored' }>,
  clock: Date,
): Promise<PaymentOwner | undefined> | PaymentOwner | undefined {
  if (update.kind === 'unrecognised') return undefined;
  if (update.kind !== 'dispute') return update;
  return update.owner ?? provider.ownerOf?.(toInstant(clock), update);
}

/** The intent's metadata names the order; it counts only if provider and payment are those of one of its intents. */
function decideOnUpdate(
  timeline: Timeline,
  named: { readonly code: string; readonly callbackId: string; readonly paymentId: string },
  update: Extract<LookedUp, { kind: 'payment' | 'refund' | 'dispute' }>,
): Decision {
  const { code, callbackId, paymentId } = named;
  const { current, earlier } = intentsOf(timeline.facts);
  if (![current, ...earlier].some((one) => one.paymentId === paymentId && one.provider === code)) {
    const detail = { partner: code, orderId: timeline.orderId, callbackId };
    return { facts: [], notices: [{ code: 'callback-without-order', detail }] };
  }
  if (update.kind === 'dispute') return decideOnIntentDispute(timeline, named, update.dispute);
  return update.kind === 'payment'
    ? decideOnIntent(timeline, { paymentId, callbackId }, update.payment)
    : decideOnIntentRefund(timeline, named, update.refund);
}
