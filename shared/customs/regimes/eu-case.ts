import type { Switches } from '../../../events/landed-cost.ts';
import type { EuMemberState } from '../../kernel/country.ts';
import type { Money } from '../../kernel/money.ts';
import type { ValuedLine } from '../charges.ts';
import type { AssessContext, ConsignmentToAssess } from '../regime.ts';

/** One consignment to a member state while it is assessed; amounts in euros. */
export interface EuCase {
  readonly consignment: ConsignmentToAssess;
  readonly context: AssessContext;
  readonly switches: Switches;
  readonly state: EuMemberState;
  readonly lines: readonly ValuedLine[];
  /** Intrinsic value that the thresholds are tested on. */
  readonly intrinsic: Money;
  readonly isIoss: boolean;
  readonly toShopper: (amount: Money) => Money;
  /** Under DAP what is due at the border is paid by the consignee; under IOSS the seller pays it all. */
  readonly onDelivery: boolean;
}
