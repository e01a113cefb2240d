import type { LandedCost } from '../../events/landed-cost.ts';
import type { NewId } from '../kernel/ids.ts';
import type { Report } from '../kernel/report.ts';
import type { ActOnOrder } from '../timeline/index.ts';
import type { PaymentMethod } from './payment-methods.ts';
import type { BoundPaymentProvider } from './provider.ts';

/** The dependencies of the payment stage's use cases. */
export interface PaymentDeps extends ActOnOrder {
  readonly newId: NewId;
  readonly report: Report;
  /** Throws for a provider that has no settings here. */
  readonly providerByCode: (code: string) => Promise<BoundPaymentProvider>;
}

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
