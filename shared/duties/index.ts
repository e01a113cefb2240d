import type { Country } from '../kernel/country.ts';
import type { Regime } from './regime.ts';
import { regimes } from './regimes/index.ts';

export { taxOnGoods } from './assess/tax-on-goods.ts';
export {
  type Assessed,
  classificationPolicies,
  isAssessed,
  type LineToAssess,
  type NotAssessable,
  type Regime,
  type SellerRegistrations,
} from './regime.ts';
export type { RuleBook } from './rule-book.ts';
export { builtinRuleBook } from './rules/builtin.ts';
export { switchesOf } from './switches.ts';
export { taxNumberShape } from './tax-number.ts';

/** The codes of all regimes, as consignments name the one that priced them. */
export const regimeCodes: readonly string[] = /* @__PURE__ */ regimes.map(({ code }) => code);

let byCountry: ReadonlyMap<Country, Regime> | undefined;

/** The regime of imports into the country; undefined where we do not sell. */
export function regimeFor(country: Country): Regime | undefined {
  byCountry ??= new Map(regimes.flatMap((regime) => regime.countries.map((each) => [each, regime] as const)));
  return byCountry.get(country);
}
