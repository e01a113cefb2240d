import type { Fact } from '../../events/all-events.ts';
import { negate, subtract } from '../kernel/money.ts';
import type { Posting } from '../timeline/index.ts';
import { owedAccount } from './scheme-taxes.ts';
import { type TaxState, taxStates } from './tax-entries.ts';

/** Tax that is already owed while its price is still a deposit. */
export const TAX_ON_DEPOSITS = 'tax-on-deposits';
/** Refunds of orders that continued, less the tax in them, and less what was paid for parcels that were stopped. */
export const REFUNDS_GRANTED = 'refunds-granted';

/**
 * The change of the scheme tax accounts that a fact causes: their balances after it less those before it. So each
 * `tax-owed` account always equals the sum of the entries for the returns.
 */
export function taxPostings(before: readonly Fact[], fact: Fact): Posting[] {
  if (before.length === 0) return [];
  const was = taxStates(before).flatMap(balancesOf);
  const is = taxStates([...before, fact]).flatMap(balancesOf);
  return [...was.map(({ account, amount }) => ({ account, amount: negate(amount) })), ...is];
}

/** While the tax is chargeable it is owed, less refunds; the refunded tax is no cost to us. */
function balancesOf({ chargeableAt, charged, stated, supplied }: TaxState): Posting[] {
  if (chargeableAt === undefined) return [];
  return charged.flatMap((tax, index): Posting[] => {
    const left = stated[index]?.tax ?? tax.tax;
    const due = supplied[index] ?? tax.tax;
    return [
      { account: TAX_ON_DEPOSITS, amount: due },
      { account: owedAccount(tax), amount: negate(left) },
      { account: REFUNDS_GRANTED, amount: subtract(left, due) },
    ];
  });
}
