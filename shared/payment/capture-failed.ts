import { type Money, toJson, zero } from '../kernel/money.ts';
import {
  CAPTURE_FAILED,
  type Decided,
  type Decision,
  holdOnce,
  nothing,
  type Timeline,
} from '../timeline/index.ts';
import { type Payment, withCaptures } from './payment.ts';
import type { ProviderCapture, ReportedPayment } from './provider.ts';

/**
 * The facts of a capture that failed after it was reported, once: what was recorded of it is taken back, and the order
 * waits for a person, or for the capture that the provider takes again. A failure that comes before its capture says
 * that there was one: both are recorded, so that nothing is captured again. Where the money was captured otherwise,
 * nothing of the failed capture is recorded.
 */
export function onCaptureFailed(
  timeline: Timeline,
  payment: Payment,
  reported: ReportedPayment,
  onCapture: (timeline: Timeline, payment: Payment, reported: ReportedPayment) => Decision,
): Decision {
  const { captureFailed, amount: said, ...rest } = reported;
  if (captureFailed === undefined) return nothing;
  const { reference, code } = captureFailed;
  if (payment.failedCaptures.includes(reference)) return nothing;
  const known = payment.captures.find((capture) => capture.reference === reference);
  const isUnheard = known === undefined && payment.status !== 'captured';
  const capture = {
    ...rest,
    amount: said,
    status: 'captured',
    captures: [{ reference, amount: said }],
  } as const;
  const before = isUnheard ? onCapture(timeline, payment, capture) : nothing;
  const amount = known?.amount ?? (isUnheard ? said : zero(payment.total.currency));
  const facts = [...before.facts, failed(payment, { reference, code, amount })];
  return { facts: [...facts, ...holdOnce(timeline.facts, CAPTURE_FAILED)], notices: before.notices };
}

/**
 * The payment without the captures that these ones replace, and the facts of it: a capture that is taken again says
 * that the one of the same amount before it has failed, whether or not we have heard of that.
 */
export function replacedBy(
  payment: Payment,
  added: readonly ProviderCapture[],
): { readonly payment: Payment; readonly facts: readonly Decided[] } {
  const facts: Decided[] = [];
  let left = payment.captures;
  for (const { isAgain, amount } of added) {
    if (isAgain !== true) continue;
    const before = left.find((one) => isSame(one.amount, amount));
    if (before === undefined) continue;
    left = left.filter((one) => one !== before);
    facts.push(failed(payment, { ...before, code: 'taken-again' }));
  }
  return { payment: withCaptures(payment, left), facts };
}

const failed = (
  { paymentId }: Payment,
  { reference, code, amount }: { readonly reference: string; readonly code: string; readonly amount: Money },
): Decided => ({
  name: 'payment.capture_failed',
  data: { paymentId, providerReference: reference, amount: toJson(amount), code },
});

const isSame = (a: Money, b: Money) => a.currency === b.currency && a.amountMinor === b.amountMinor;
