import type { Fact } from '../../events/all-events.ts';
import { fromJson, type Money, type MoneyJson, subtract } from '../kernel/money.ts';

/** An amount that a fact may have. */
export const optional = (amount: MoneyJson | undefined): Money | undefined =>
  amount === undefined ? undefined : fromJson(amount);

const since = (now: Money, before: MoneyJson | undefined): Money =>
  before === undefined ? now : subtract(now, fromJson(before));

/** The fee of a dispute, unless the provider's settlement has said it before. */
export function feeOfDispute(
  facts: readonly Fact[],
  { sequence, data: { fee, providerReference } }: Fact<'payment.disputed' | 'intent.disputed'>,
  before: MoneyJson | undefined,
): Money | undefined {
  if (fee === undefined || isSettled(facts, providerReference, sequence)) return undefined;
  return since(fromJson(fee), before);
}

const isSettled = (facts: readonly Fact[], reference: string, before: number): boolean =>
  facts.some(
    ({ name, data, sequence }) =>
      name === 'payment.settled' && data.settles === reference && sequence < before,
  );

/** The fee that the capture or the dispute had named, if this is the first settlement of it. */
export function feeBefore(
  facts: readonly Fact[],
  { sequence, data: { settles } }: Fact<'payment.settled'>,
): Money | undefined {
  if (isSettled(facts, settles, sequence)) return undefined;
  const known = facts.findLast(
    (fact): fact is Fact<'payment.captured' | 'payment.disputed' | 'intent.disputed'> =>
      (fact.name === 'payment.captured' ||
        fact.name === 'payment.disputed' ||
        fact.name === 'intent.disputed') &&
      fact.sequence < sequence &&
      fact.data.providerReference === settles,
  );
  return optional(known?.data.fee);
}

/** The fee that the failed capture had named, unless a settlement has said it since. */
export function feeOfFailed(
  facts: readonly Fact[],
  { sequence, data: { providerReference } }: Fact<'payment.capture_failed'>,
): Money | undefined {
  if (isSettled(facts, providerReference, sequence)) return undefined;
  const known = facts.find(
    (fact): fact is Fact<'payment.captured'> =>
      fact.name === 'payment.captured' &&
      fact.sequence < sequence &&
      fact.data.providerReference === providerReference,
  );
  return optional(known?.data.fee);
}
