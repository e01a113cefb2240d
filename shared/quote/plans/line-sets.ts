/** Sets of up to 30 lines as bits. */
export type LineSet = number;

export const setOf = (lines: readonly number[]): LineSet => lines.reduce((set, line) => set | (1 << line), 0);

export const isIn = (set: LineSet, line: number) => (set & (1 << line)) !== 0;

const lists = new Map<LineSet, readonly number[]>();

/** The lines of a set in order; each list is made once. */
export function linesOf(set: LineSet): readonly number[] {
  const known = lists.get(set);
  if (known !== undefined) return known;
  const lines: number[] = [];
  for (let rest = set, line = 0; rest !== 0; rest >>>= 1, line += 1) if ((rest & 1) === 1) lines.push(line);
  if (lists.size > 1 << 16) lists.clear();
  lists.set(set, lines);
  return lines;
}
