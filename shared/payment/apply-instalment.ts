import { defined } from '../kernel/defined.ts';
import { type Money, toJson } from '../kernel/money.ts';
import {
  captureIdOf,
  currentIntent,
  type Decided,
  type Decision,
  type InstalmentState,
  instalmentsOf,
  nothing,
  planOf,
  retryAt,
  type Timeline,
} from '../timeline/index.ts';
import type { Payment } from './payment.ts';
import type { ProviderCapture, ProviderPayment, ReportedPayment } from './provider.ts';

/**
 * The facts of captures of an order in instalments. `unlike` is the amount of one that was not asked for: another
 * amount, an instalment that was captured before, or a name that is not ours. It is recorded, and a person looks. The
 * capture after which nothing is owed is the final one.
 */
export function onInstalments(
  { paymentId, status }: Payment,
  parts: readonly InstalmentState[],
  added: readonly ProviderCapture[],
  { authentication, status: reported }: Pick<ReportedPayment, 'authentication' | 'status'>,
): { readonly facts: readonly Decided[]; readonly unlike: Money | undefined } {
  const paid = new Set(parts.flatMap(({ n, captured }) => (captured === undefined ? [] : [n])));
  let unlike: Money | undefined;
  const facts = added.map((capture): Decided => {
    const { captureId, reference: providerReference, amount, fee, bankReference } = capture;
    const part = parts.find((one) => captureId !== undefined && isOf(paymentId, one, captureId));
    const isRight =
      part !== undefined &&
      !paid.has(part.n) &&
      part.amount.currency === amount.currency &&
      part.amount.amountMinor === amount.amountMinor;
    if (!isRight) unlike ??= amount;
    const instalment = part === undefined || paid.has(part.n) ? undefined : part.n;
    if (instalment !== undefined) paid.add(instalment);
    const isFinal = parts.every((one) => paid.has(one.n) || one.amount.amountMinor === 0);
    const data = {
      ...{ paymentId, amount: toJson(amount), providerReference, ...defined({ instalment }) },
      ...(isFinal ? {} : { isFinal: false }),
      ...(fee === undefined ? {} : { fee: toJson(fee) }),
      ...defined({ bankReference, authentication }),
    };
    return { name: 'payment.captured', data };
  });
  // Nothing more can be taken, although more is owed: the order stopped.
  const isLeft = parts.some((one) => !paid.has(one.n) && one.amount.amountMinor > 0);
  const voided: Decided[] =
    reported === 'captured' && isLeft && status === 'authorised'
      ? [{ name: 'payment.voided', data: { paymentId } }]
      : [];
  return { facts: [...facts, ...voided], unlike };
}

/** Whether the capture is that of the instalment: at its due date, or at one of its repeats. */
const isOf = (paymentId: string, { n, failures, asked }: InstalmentState, captureId: string): boolean =>
  captureId === asked?.captureId ||
  Array.from({ length: failures + 1 }, (_, index) => captureIdOf(paymentId, n, index)).includes(captureId);

/** The fact of a declined instalment. A decline that is known, or of which no attempt is open, changes nothing. */
export function declinedInstalment(
  { facts }: Timeline,
  { captureId, code }: NonNullable<ProviderPayment['declined']>,
): Decision {
  const plan = planOf(facts);
  const part = instalmentsOf(facts)?.find(({ asked }) => asked?.captureId === captureId);
  if (plan === undefined || part?.asked === undefined) return nothing;
  const { paymentId } = currentIntent(facts);
  const data = {
    ...{ paymentId, instalment: part.n, captureId, code },
    ...defined({ retryAt: retryAt(plan, part, part.asked.fact.recordedAt) }),
  };
  return { facts: [{ name: 'payment.instalment_failed', data }], notices: [] };
}
