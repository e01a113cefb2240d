import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { add, compare, fromJson, type Money, money, subtract, toJson, zero } from '../kernel/money.ts';
import { lowering, planOf } from './instalments.ts';
import { standingCaptures } from './standing-captures.ts';
import type { Decided } from './timeline.ts';

type RefundRequested = Extract<Decided, { name: 'refund.requested' }>;

/**
 * The facts that give an amount back. Of an order that is paid in one amount: one refund, as it is given. Of one in
 * instalments: first those that were not charged are lowered, the latest first, and only the rest is given back, from
 * the latest captures first, by one refund for each. Each refund is of one capture, because each capture is one payment
 * at the provider. A refund that a person makes is one for all captures. Units are named by the first fact alone, with
 * the price that all parts together give back.
 */
export function givenBack(
  facts: readonly Fact[],
  requested: RefundRequested,
  newRefundId: () => string,
): Decided[] {
  if (planOf(facts) === undefined) return [requested];
  const { refundId, amount, by, lines, ...data } = requested.data;
  const { lowered, rest } = lowering(facts, fromJson(amount));
  const { paymentId, reason, requestId, parcelId } = data;
  const all = lowered.reduce((sum, one) => add(sum, one.amount), zero(rest.currency));
  const lowers: Decided[] =
    lowered.length === 0
      ? []
      : [
          {
            name: 'payment.instalments_lowered',
            data: {
              ...{ paymentId, amount: toJson(all), reason, ...defined({ requestId, parcelId, lines }) },
              lowered: lowered.map((one) => ({ ...one, amount: toJson(one.amount) })),
            },
          },
        ];
  if (rest.amountMinor === 0) return lowers;
  const unnamed = lowers.length === 0 ? lines : undefined;
  if (by !== undefined) {
    const byHand = { ...data, refundId, amount: toJson(rest), by, ...defined({ lines: unnamed }) };
    return [...lowers, { name: 'refund.requested', data: byHand }];
  }
  const refunds = overCaptures(facts, rest).map(({ reference, amount: part }, index): Decided => {
    const id = index === 0 ? refundId : newRefundId();
    return {
      name: 'refund.requested',
      data: {
        ...{ ...data, refundId: id, amount: toJson(part) },
        ...defined({ captureReference: reference, lines: index === 0 ? unnamed : undefined }),
      },
    };
  });
  return [...lowers, ...refunds];
}

interface Part {
  /** Undefined for what no capture has left: the provider then says what it can't return. */
  readonly reference: string | undefined;
  readonly amount: Money;
}

/**
 * Spreads an amount over what is left of the captures, the latest first. One of which a refund has failed comes last:
 * the shopper's bank may have taken it back.
 */
function overCaptures(facts: readonly Fact[], amount: Money): Part[] {
  let rest = amount;
  const failed = ofFailedRefunds(facts);
  const latestFirst = leftOfCaptures(facts, amount).toReversed();
  const parts = [false, true]
    .flatMap((isFailed) => latestFirst.filter(({ reference }) => failed.has(reference) === isFailed))
    .flatMap(({ reference, amount: left }): Part[] => {
      if (rest.amountMinor === 0 || left.amountMinor <= 0) return [];
      const part = compare(left, rest) < 0 ? left : rest;
      rest = subtract(rest, part);
      return [{ reference, amount: part }];
    });
  return rest.amountMinor === 0 ? parts : [...parts, { reference: undefined, amount: rest }];
}

/** The captures of which a refund failed. */
function ofFailedRefunds(facts: readonly Fact[]): ReadonlySet<string | undefined> {
  const failed = new Set(facts.flatMap((one) => (one.name === 'refund.failed' ? [one.data.refundId] : [])));
  return new Set(
    facts.flatMap((fact) =>
      fact.name === 'refund.requested' && failed.has(fact.data.refundId) ? [fact.data.captureReference] : [],
    ),
  );
}

/** The captures in that currency, oldest first, less what goes back of each. */
function leftOfCaptures(facts: readonly Fact[], { currency }: Money): Part[] {
  const failed = new Set(facts.flatMap((one) => (one.name === 'refund.failed' ? [one.data.refundId] : [])));
  const back = new Map<string | undefined, number>();
  for (const { name, data } of facts)
    if (name === 'refund.requested' && !failed.has(data.refundId) && data.amount.currency === currency)
      back.set(data.captureReference, (back.get(data.captureReference) ?? 0) + data.amount.amount);
  const captures = standingCaptures(facts).flatMap(({ data }) =>
    data.amount.currency === currency ? [data] : [],
  );
  // Money that a person returned belongs to no capture: the oldest ones count as returned by it.
  let byHand = back.get(undefined) ?? 0;
  return captures.map(({ providerReference: reference, amount }) => {
    const own = amount.amount - (back.get(reference) ?? 0);
    const taken = Math.min(byHand, Math.max(own, 0));
    byHand -= taken;
    return { reference, amount: money(own - taken, currency) };
  });
}
