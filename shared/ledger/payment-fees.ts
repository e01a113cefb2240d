import type { Fact } from '../../events/all-events.ts';
import { expectedFee, type FeeRule, settledFee } from '../../events/payment-fee.ts';
import { fromJson, type Money, subtract, sum } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import { factsNamed, intentNamed, standingCaptures } from '../timeline/index.ts';

/** What the provider keeps of one capture, in the currency of the order. */
interface CaptureFee {
  readonly paymentId: string;
  readonly provider: string;
  readonly method: string;
  /** The provider's reference of the capture. */
  readonly reference: string;
  /** UTC. */
  readonly capturedAt: Instant;
  readonly amount: Money;
  /** The rule of the day on which the payment was chosen, and what it gives; absent where nothing said it. */
  readonly rule?: FeeRule;
  readonly expected?: Money;
  /** By the provider's settlement, or before it by its answer to the capture; absent while it has said nothing. */
  readonly charged?: Money;
  readonly isSettled: boolean;
  /** What was charged above what was expected; below zero where less was. */
  readonly difference?: Money;
}

/**
 * The fees of the order's captures, in their order. One that failed after it was reported costs nothing. Fees of
 * disputes are not in them. What a settlement says in another currency is converted at its own rate.
 */
export function paymentFees(facts: readonly Fact[]): CaptureFee[] {
  const settlements = factsNamed(facts, 'payment.settled').filter(({ data }) => data.kind === 'payment');
  return standingCaptures(facts).map(({ occurredAt, data }) => {
    const { paymentId, providerReference: reference } = data;
    const { provider, method, feeRule: rule } = intentNamed(facts, paymentId);
    const amount = fromJson(data.amount);
    const settled = settlements.flatMap((line) =>
      line.data.settles === reference ? (settledFee(line.data) ?? []) : [],
    );
    const isSettled = settled.length > 0;
    const named = data.fee === undefined ? undefined : fromJson(data.fee);
    const charged = isSettled ? sum(settled, amount.currency) : named;
    const expected = rule === undefined ? undefined : expectedFee(rule, amount);
    return {
      ...{ paymentId, provider, method, reference, capturedAt: occurredAt, amount, isSettled },
      ...(rule === undefined || expected === undefined ? {} : { rule, expected }),
      ...(charged === undefined ? {} : { charged }),
      ...(charged === undefined || expected === undefined ? {} : { difference: subtract(charged, expected) }),
    };
  });
}
