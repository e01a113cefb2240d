import type { Country } from '../../kernel/country.ts';
import { type Ratio, zero } from '../../kernel/money.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { Regime } from '../regime.ts';
import type { RuleBook } from '../rule-book.ts';
import type { Situation } from '../rules/conditions.ts';
import { defaultSwitches } from '../switches.ts';
import { ratioOfPercent } from './duty-rate.ts';

/**
 * The destination's sales tax rate for a code, as a share of the price without tax; it is taken out of a price that
 * includes tax. Undefined if the destination has no such tax or if the region decides the rate.
 */
export function salesTaxRate(
  rules: RuleBook,
  { code, currency }: Pick<Regime, 'code' | 'currency'>,
  given: {
    readonly destination: { readonly country: Country; readonly region?: string | undefined };
    readonly hsCode: string;
    readonly date: CalendarDate;
  },
): Ratio | undefined {
  const situation: Situation = {
    destination: given.destination,
    channel: 'courier',
    shipFrom: given.destination.country,
    registered: true,
    switches: defaultSwitches,
    weightGrams: 0,
    valueOn: (_basis, wanted) => zero(wanted),
  };
  const line = {
    hsCode: given.hsCode,
    originCountry: given.destination.country,
    quantity: 1,
    unitsAlike: 1,
    goods: zero(currency),
  };
  const rate = rules.rulesOf(code, given.date).find('tax-rate', situation, line);
  return rate === undefined ? undefined : ratioOfPercent(rate.rate);
}
