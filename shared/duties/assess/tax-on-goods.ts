import type { Charge } from '../../../events/landed-cost.ts';
import { type Money, multiply, zero } from '../../kernel/money.ts';
import type { ImportCase } from './import-case.ts';

const parts = new WeakMap<Charge, Money>();

/** A part of the base of a charge that is the value of the goods. Both are in the currency of the law. */
export interface PartOfBase {
  readonly goods: Money;
  readonly base: Money;
}

/**
 * Notes which part of a charge is tax on the goods themselves, and not on their freight, duty or fees: the part that
 * the goods have in its base. Only where the case is assessed for a price with tax in it.
 */
export function noteTaxOnGoods(it: ImportCase, charge: Charge, { goods, base }: PartOfBase): Charge {
  if (it.context.forListedPrice !== true) return charge;
  const { amount, currency } = charge.amount;
  const charged = { amountMinor: amount, currency };
  const part = { numerator: BigInt(goods.amountMinor), denominator: BigInt(base.amountMinor) };
  parts.set(charge, base.amountMinor === 0 ? zero(currency) : multiply(charged, part));
  return charge;
}

/** The part of the charge that is tax on the goods, in the shopper's currency; undefined if the charge has none. */
export const taxOnGoods = (charge: Charge): Money | undefined => parts.get(charge);
