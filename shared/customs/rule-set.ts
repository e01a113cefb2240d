import type { CalendarDate } from '../kernel/time.ts';

/** The version that quotes name. It changes with any rule. */
export const ruleSetVersion = '2026-11-23';

/** A dated rule. Dates are local to the destination; both are included, and `to` is absent while it holds. */
export interface Rule {
  readonly id: string;
  readonly from: CalendarDate;
  readonly to?: CalendarDate;
  /** Regulation, article, date. */
  readonly law: string;
  /** The source is secondary: a person confirms it before it is relied on. */
  readonly needsReview?: boolean;
}

/** The rule among those of one kind that holds on the date; undefined when none does. */
export function ruleOn<R extends Rule>(rules: readonly R[], date: CalendarDate): R | undefined {
  return rules.find((rule) => rule.from <= date && (rule.to === undefined || date <= rule.to));
}
