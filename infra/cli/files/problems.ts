/** An error in a file, with its line, counted from 1 as in an editor. */
export interface FileProblem {
  readonly line: number;
  readonly reason: string;
}

/** How many lines with the same error are named. */
const MAX_LINES_NAMED = 5;

/**
 * The errors as lines of text, `goods.csv:17: hsCode: six digits`, in the order of the file. If several lines have
 * the same error, there is one line of text for it, with the number of lines and the first of them.
 */
export function problemLines(path: string, problems: readonly FileProblem[]): string[] {
  const byReason = Map.groupBy(problems, ({ reason }) => reason);
  return [...byReason].map(([reason, alike]) => {
    const lines = [...new Set(alike.map(({ line }) => line))];
    const first = `${path}:${lines[0] ?? 1}: ${reason}`;
    return lines.length === 1 ? first : `${first} (${lines.length} lines: ${linesText(lines)})`;
  });
}

function linesText(lines: readonly number[]): string {
  const named = lines.slice(0, MAX_LINES_NAMED).join(', ');
  return lines.length > MAX_LINES_NAMED ? `${named} …` : named;
}

/** The count with its noun: `1 error`, `2 errors`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
