import type { LandedCost } from '../../events/landed-cost.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import type { PricedBasket } from './plan/price-plans.ts';
import type { PricingInput } from './pricing-input.ts';
import { type QuoteRefusal, refusal } from './refusal.ts';

/**
 * The priced basket without the options of which nothing is to be paid, where the storefront does not give them away.
 * Refused if the chosen plan is such an option: nothing stands between it and anybody with the publishable key.
 */
export function withoutRefusedFree(
  input: PricingInput,
  priced: PricedBasket,
): Result<PricedBasket, QuoteRefusal> {
  const why = whyNotFree(input);
  if (why === undefined) return ok(priced);
  if (isFree(priced.chosen)) return refused(why);
  return ok({ ...priced, options: priced.options.filter(({ landedCost }) => !isFree(landedCost)) });
}

const isFree = ({ totals }: LandedCost): boolean => totals.total.amount === 0;

/** Why the basket may not be given away; undefined if it may. */
function whyNotFree({ request: { lines }, freeOrders }: PricingInput): QuoteRefusal | undefined {
  if (freeOrders === undefined)
    return refusal('nothing-to-pay', [
      '/lines',
      'the goods are free and nothing else is to be paid: this storefront takes no such orders',
    ]);
  const units = lines.reduce((all, { quantity }) => all + quantity, 0);
  return units <= freeOrders.mostUnits
    ? undefined
    : refusal('too-many-units', [
        '/lines',
        `at most ${freeOrders.mostUnits} units in an order of which nothing is to be paid`,
      ]);
}
