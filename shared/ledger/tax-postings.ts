import type { Fact } from '../../events/all-events.ts';
import { negate, subtract } from '../kernel/money.ts';
import type { Posting } from '../timeline/index.ts';
import { owedAccount } from './scheme-taxes.ts';
import { type TaxState, taxStates } from './tax-entries.ts';

/** Tax that is owed while the price that it is part of is still a deposit. */
export const TAX_ON_DEPOSITS = 'tax-on-deposits';
/** What was given back of orders that went on, less the tax in it. */
export const REFUNDS_GRANTED = 'refunds-granted';

/**
 * What a fact changes on the accounts of taxes under a scheme: the difference of what they hold before it and
 * after, so that each `tax-owed` account always holds what the entries for the returns add up to.
 */
export function taxPostings(before: readonly Fact[], fact: Fact): Posting[] {
  if (before.length === 0) return [];
  const was = taxStates(before).flatMap(balancesOf);
  const is = taxStates([...before, fact]).flatMap(balancesOf);
  return [...was.map(({ account, amount }) => ({ account, amount: negate(amount) })), ...is];
}

/** While the tax is chargeable it is owed, less what refunds took back; which they did not cost us. */
function balancesOf({ chargeableAt, charged, stated }: TaxState): Posting[] {
  if (chargeableAt === undefined) return [];
  return charged.flatMap((tax, index): Posting[] => {
    const left = stated[index]?.tax ?? tax.tax;
    return [
      { account: TAX_ON_DEPOSITS, amount: tax.tax },
      { account: owedAccount(tax), amount: negate(left) },
      { account: REFUNDS_GRANTED, amount: subtract(left, tax.tax) },
    ];
  });
}
