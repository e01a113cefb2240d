import { holdsOn, subjectOf } from '../../../../shared/duties/rule-book.ts';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';
import { canonicalJson } from '../../../../shared/kernel/hash.ts';
import { dayAfter } from '../../../../shared/kernel/time.ts';
import type { ScheduleFormat } from './schedule.ts';

export interface Given {
  /** The repository's rows. */
  readonly builtin: readonly Rule[];
  /** The rows of the rule file from the earlier release. */
  readonly previous: readonly Rule[];
  /** The codes for which the schedule has a rate. */
  readonly codes: readonly string[];
  readonly validFrom: string;
}

export interface Superseded {
  /** The new rows. If only the release changed, the earlier row is kept instead of the new one. */
  readonly rows: readonly Rule[];
  /** Earlier rows with their last day: the schedule replaces them, or it no longer has them. */
  readonly ended: readonly Rule[];
  /** Earlier rows that had ended before, unchanged. */
  readonly kept: readonly Rule[];
  /** The ids of rows that would have to end before they begin. */
  readonly tooLate: readonly string[];
}

/**
 * Ends the rows that a new release replaces, on the day before its first day. These are rows of the earlier release
 * that the new one does not have, and the repository's own rates for codes of the schedule. A rate with a shorter or
 * longer prefix of such a code ends too. Otherwise it would still price a code that the schedule does not name or
 * that could not be converted.
 */
export function endSuperseded(
  rows: readonly Rule[],
  format: Pick<ScheduleFormat, 'regime' | 'tariff'>,
  { builtin, previous, codes, validFrom }: Given,
): Superseded {
  const before = dayAfter(validFrom, -1);
  const own = previous.filter(({ regime }) => regime === format.regime);
  const bySubject = Map.groupBy(own, subjectOf);
  const current = rows.map((row) => {
    const same = (bySubject.get(subjectOf(row)) ?? []).find(
      (earlier) =>
        earlier.validFrom < row.validFrom &&
        holdsOn(earlier, row.validFrom) &&
        figuresOf(earlier) === figuresOf(row),
    );
    return same ?? row;
  });
  const ids = new Set(current.map(({ id }) => id));
  const ownIds = new Set(own.map(({ id }) => id));
  const related = relatedTo(codes);
  const replaced = builtin.filter(
    (row) =>
      row.kind === 'tariff-line' &&
      row.regime === format.regime &&
      row.tariff === format.tariff &&
      !ownIds.has(row.id) &&
      related(row.hsPrefix),
  );
  const builtinIds = new Set(builtin.map(({ id }) => id));
  const ends = [...own, ...replaced].filter((row) => !ids.has(row.id) && !hasEnded(row, validFrom));
  return {
    rows: current,
    ended: ends.filter((row) => row.validFrom <= before).map((row) => ({ ...row, validTo: before })),
    kept: own.filter((row) => builtinIds.has(row.id) && !ids.has(row.id) && hasEnded(row, validFrom)),
    tooLate: ends.filter((row) => row.validFrom > before).map(({ id }) => id),
  };
}

const hasEnded = ({ validTo }: Rule, date: string) => validTo !== undefined && validTo < date;

/** The content of a row without its id, its first day and its law, because the law names the release. */
function figuresOf(row: Rule): string {
  const { id: _id, validFrom: _from, law: _law, ...figures } = row;
  return canonicalJson(figures);
}

/** Whether a prefix is one of the codes, a beginning of one, or a continuation of one. */
function relatedTo(codes: readonly string[]): (prefix: string) => boolean {
  const exact = new Set(codes);
  const above = new Set(codes.flatMap((code) => [2, 4, 6, 8, 10].map((digits) => code.slice(0, digits))));
  return (prefix) => {
    if (above.has(prefix)) return true;
    for (let digits = prefix.length; digits >= 2; digits -= 1)
      if (exact.has(prefix.slice(0, digits))) return true;
    return false;
  };
}
