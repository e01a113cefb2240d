import { invariant } from '../kernel/invariant.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { Origins, RuleRow } from './rules/schema.ts';

/**
 * The version that quotes name: the day of the last change and the beginning of the data's fingerprint, so that
 * no row changes without it. `test/unit/customs/rule-set.test.ts` computes the fingerprint and says what to write.
 */
export const ruleSetVersion = '2026-11-23-00000000';

/** What every row of the rule set has. */
export type Rule = Pick<RuleRow, 'id' | 'validFrom' | 'validTo' | 'law' | 'provenance' | 'review'>;

/** Whether a person has to confirm the row before it is relied on. */
export function needsReview({ provenance, review }: Rule): boolean {
  return review !== undefined || provenance === 'reported' || provenance === 'unverified';
}

/** Whether the row is in force on the date; both of its own dates are included. */
export function holdsOn({ validFrom, validTo }: Rule, date: CalendarDate): boolean {
  return validFrom <= date && (validTo === undefined || date <= validTo);
}

/** The one row among those about the same thing that holds on the date; undefined when none does. */
export function ruleOn<R extends Rule>(rules: readonly R[], date: CalendarDate): R | undefined {
  const [rule, second] = rules.filter((each) => holdsOn(each, date));
  invariant(second === undefined, 'one row at most holds on a date', { rule: rule?.id, second: second?.id });
  return rule;
}

export function isOfOrigin(origins: Origins, country: string): boolean {
  return 'only' in origins ? origins.only.includes(country) : !origins.except.includes(country);
}

export function isAmong(prefixes: readonly string[], hsCode: string): boolean {
  return prefixes.some((prefix) => hsCode.startsWith(prefix));
}
