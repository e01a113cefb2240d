import type { Country } from '../kernel/country.ts';
import type { Regime } from './regime.ts';
import { regimes } from './regimes/index.ts';

export {
  type AssessContext,
  type Assessed,
  type ConsignmentToAssess,
  isAssessed,
  type NotAssessable,
  type Regime,
  type SellerRegistrations,
} from './regime.ts';
export { type RegimeCode, regimes } from './regimes/index.ts';
export { ruleSetVersion } from './rule-set.ts';
export { defaultSwitches, switchesOf } from './switches.ts';

/** The regime whose rules hold for imports into the country; undefined where we do not sell. */
export function regimeFor(country: Country): Regime | undefined {
  return regimes.find((regime) => regime.covers(country));
}
