import type { Fact } from '../../events/all-events.ts';
import { fromJson, type Money, type MoneyJson, money, toJson } from '../kernel/money.ts';
import { intentsOf } from '../timeline/index.ts';

/** The part of what a dispute took that was still owed to the shopper, by the facts before it. */
export function owedBefore(facts: readonly Fact[], { sequence, data }: Fact<'intent.disputed'>): Money {
  const { paymentId, providerReference, withdrawn } = data;
  const before = facts.filter((fact) => fact.sequence < sequence);
  const intent = intentsOf(before).earlier.find((one) => one.paymentId === paymentId);
  const lost = new Map(
    before.flatMap((fact) =>
      fact.name === 'intent.disputed' && fact.data.providerReference !== providerReference
        ? [[fact.data.providerReference, fact.data] as const]
        : [],
    ),
  );
  const of = (amounts: readonly MoneyJson[]) =>
    amounts
      .filter(({ currency }) => currency === withdrawn.currency)
      .reduce((all, { amount }) => all + amount, 0);
  const left =
    of((intent?.captures ?? []).map(({ amount }) => toJson(amount))) -
    of((intent?.refunds ?? []).flatMap(({ status, amount }) => (status === 'paid' ? [toJson(amount)] : []))) -
    of([...lost.values()].flatMap((one) => (one.status === 'lost' ? [one.withdrawn] : [])));
  return money(Math.min(Math.max(left, 0), withdrawn.amount), fromJson(withdrawn).currency);
}

/** The word about the same dispute before this one. */
export const wordBefore = <Word extends Fact<'payment.disputed'> | Fact<'intent.disputed'>>(
  words: readonly Word[],
  { sequence, data }: Word,
): Word | undefined =>
  words.findLast((one) => one.sequence < sequence && one.data.providerReference === data.providerReference);
