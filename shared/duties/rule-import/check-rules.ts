import { subjectOf } from '../rule-book.ts';
import { problemsOf } from '../rules/rule-file.ts';
import type { Rule } from '../rules/schema.ts';

/** An error in a row of a file: the row's place from 0, the field, and the reason. */
export interface RowProblem {
  readonly row: number;
  readonly field: string;
  readonly detail: string;
}

/** Errors within the rows: a field out of its range, an id used twice. */
export function problemsOfRows(rows: readonly Record<string, unknown>[]): RowProblem[] {
  const firstOf = new Map<unknown, number>();
  return rows.flatMap((row, index) => {
    const own = problemsOf(row).map((problem) => ({ row: index, ...problem }));
    const first = firstOf.get(row.id);
    if (first === undefined) firstOf.set(row.id, index);
    const detail = `${String(row.id)} is the id of row ${(first ?? 0) + 1} as well`;
    return first === undefined ? own : [...own, { row: index, field: 'id', detail }];
  });
}

/** Two rows with one subject that are both in force on some day. */
export interface Overlap {
  readonly ids: readonly [string, string];
  readonly from: string;
}

const NEVER_ENDS = '9999-12-31';

/** The pairs of rows with one subject whose dates overlap. A figure must not have two rules. */
export function overlapsOf(rows: readonly Rule[]): Overlap[] {
  const overlaps: Overlap[] = [];
  for (const alike of Map.groupBy(rows, subjectOf).values()) {
    const byDate = alike.toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
    for (const [index, row] of byDate.entries()) {
      const next = byDate[index + 1];
      if (next !== undefined && next.validFrom <= (row.validTo ?? NEVER_ENDS))
        overlaps.push({ ids: [row.id, next.id], from: next.validFrom });
    }
  }
  return overlaps;
}
