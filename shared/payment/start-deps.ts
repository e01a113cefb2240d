import type { LandedCost } from '../../events/landed-cost.ts';
import type { PaymentDeps } from './payment-deps.ts';
import type { PaymentMethod } from './payment-methods.ts';

/** Where a shopper waits for the next action. */
export interface StartDeps extends PaymentDeps {
  /**
   * The methods that can pay the order, in the order of the market, with some providers left out. Absent where no
   * shopper waits: then the payment stays with its provider.
   */
  readonly methodsWithout?: (
    landedCost: LandedCost,
    without: readonly string[],
  ) => Promise<readonly PaymentMethod[]>;
}
