import { holdsOn, subjectOf } from '../../../../shared/duties/rule-book.ts';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';
import { canonicalJson } from '../../../../shared/kernel/hash.ts';
import { dayAfter } from '../../../../shared/kernel/time.ts';
import type { ScheduleFormat } from './schedule.ts';

export interface Given {
  /** The repository's rows. */
  readonly builtin: readonly Rule[];
  /** Rows of the file that an earlier release was converted to. */
  readonly previous: readonly Rule[];
  /** Codes that the schedule has a rate for. */
  readonly codes: readonly string[];
  readonly validFrom: string;
}

export interface Superseded {
  /** The new rows; where nothing but the release changed, the earlier row stands for them. */
  readonly rows: readonly Rule[];
  /** Earlier rows that are in no release any more, or that the schedule takes the place of, with their last day. */
  readonly ended: readonly Rule[];
  /** Earlier rows that ended before and stay so. */
  readonly kept: readonly Rule[];
  /** Ids of rows that would have to end, and begin too late for it. */
  readonly tooLate: readonly string[];
}

/**
 * Ends what a new release takes the place of, the day before it holds: rows of the release before that are not in it,
 * and the repository's own rates of the codes that it has, shorter and longer prefixes of them included, for by those
 * a code that the schedule does not name, or could not be converted, would still be priced.
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

/** Everything of a row but its name, its first day and the release that its law names. */
function figuresOf(row: Rule): string {
  const { id: _id, validFrom: _from, law: _law, ...figures } = row;
  return canonicalJson(figures);
}

/** Whether a prefix is one of the codes, stands above one of them or below. */
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
