import type { Fact } from '../../events/all-events.ts';
import { type Money, money } from '../kernel/money.ts';

/**
 * What disputes took of an amount. What they took in another currency can't be subtracted: then all of the amount
 * counts as taken, so that no money goes back twice before a person has looked.
 */
export function takenOf(amount: Money, withdrawn: readonly Money[]): Money {
  const taken = withdrawn.filter(({ amountMinor }) => amountMinor > 0);
  if (taken.some(({ currency }) => currency !== amount.currency)) return amount;
  return money(
    taken.reduce((all, { amountMinor }) => all + amountMinor, 0),
    amount.currency,
  );
}

/** The captures of an order, what was returned of them, and what disputes have taken. */
interface MoneyOfOrder {
  readonly captures: readonly Money[];
  readonly returned: readonly Money[];
  readonly withdrawn: readonly Money[];
}

/**
 * What is left of the captured money: an amount for each currency of the captures, usually one. Below zero where a
 * dispute took money that had been returned.
 */
export function leftOf({ captures, returned, withdrawn }: MoneyOfOrder): Money[] {
  const total = (amounts: readonly Money[]) => amounts.reduce((all, { amountMinor }) => all + amountMinor, 0);
  return [...Map.groupBy(captures, ({ currency }) => currency)].map(([currency, own]) => {
    const captured = money(total(own), currency);
    const back = total(returned.filter((amount) => amount.currency === currency));
    return money(captured.amountMinor - back - takenOf(captured, withdrawn).amountMinor, currency);
  });
}

/**
 * Whether a dispute has taken money and nobody has released the order since. Nothing more is sent for such an order:
 * the shopper would have both.
 */
export function isWithheld(facts: readonly Fact[]): boolean {
  const disputes = new Map<string, { readonly taken: number; readonly isReleased: boolean }>();
  for (const fact of facts) {
    if (fact.name === 'payment.disputed') {
      const { providerReference, withdrawn } = fact.data;
      const before = disputes.get(providerReference);
      const isReleased = before !== undefined && withdrawn.amount <= before.taken && before.isReleased;
      disputes.set(providerReference, { taken: withdrawn.amount, isReleased });
    }
    if (fact.name === 'screening.released' && fact.data.by === 'operator')
      for (const [dispute, { taken }] of disputes) disputes.set(dispute, { taken, isReleased: true });
  }
  return [...disputes.values()].some(({ taken, isReleased }) => taken > 0 && !isReleased);
}
