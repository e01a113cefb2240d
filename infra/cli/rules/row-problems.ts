import type { RowProblem } from '../../../shared/duties/rule-import/check-rules.ts';
import type { RuleFile } from '../../../shared/duties/rules/rule-file.ts';

/** The contents of a rule file. */
export interface ReadRuleFile {
  readonly file: RuleFile;
  /** The line on which each row begins. */
  readonly lines: readonly number[];
}

/** How many rows with the same error are named. */
const MAX_ROWS_NAMED = 5;

/**
 * Errors in rows as lines of text: `us.json:12: row 3, law: at least 8 characters, not 2`. If all rows of the file
 * are on one line, the row's JSON pointer replaces the line. The same error in several rows is printed once. An error
 * in the file's defaults is printed for the defaults.
 */
export function rowProblemLines(
  path: string,
  { file, lines }: ReadRuleFile,
  problems: readonly RowProblem[],
): string[] {
  const hasLines = new Set(lines).size > 1 || lines.length < 2;
  const isDefault = ({ row, field }: RowProblem) => {
    const [name = ''] = field.split('.');
    return Object.hasOwn(file.defaults ?? {}, name) && !Object.hasOwn(file.rows[row] ?? {}, name);
  };
  const alike = Map.groupBy(problems, (problem) =>
    JSON.stringify([isDefault(problem), problem.field, problem.detail]),
  );
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { row, field, detail } = first;
    if (isDefault(first)) return [`${path}: /defaults/${field.replaceAll('.', '/')}: ${detail}`];
    const more = same.length === 1 ? '' : ` (${same.length} rows: ${rowsText(same)})`;
    const pointer = `/rows/${row}${field === '' ? '' : `/${field.replaceAll('.', '/')}`}`;
    const place = hasLines
      ? `${path}:${lines[row] ?? 1}: row ${row + 1}`
      : `${path}: row ${row + 1} at ${pointer}`;
    return [`${place}${field === '' ? '' : `, ${field}`}: ${detail}${more}`];
  });
}

function rowsText(problems: readonly RowProblem[]): string {
  const named = problems.slice(0, MAX_ROWS_NAMED).map(({ row }) => row + 1);
  return problems.length > MAX_ROWS_NAMED ? `${named.join(', ')} …` : named.join(', ');
}
