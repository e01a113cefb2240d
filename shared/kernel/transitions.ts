import { invariant } from './invariant.ts';

/** Legal transitions as data: for each status, the statuses that may follow. */
export type Transitions<Status extends string> = Readonly<Record<Status, readonly Status[]>>;

/**
 * Checks a table of legal transitions: every named status exists, and every status but the first can be reached. Throws
 * on an error in the table; returns the table.
 */
export function defineTransitions<Status extends string>(
  initial: Status,
  table: Transitions<Status>,
): Transitions<Status> {
  const known = new Set(Object.keys(table));
  const reached = new Set<string>([initial]);
  const open: Status[] = [initial];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const to of table[from]) {
      invariant(known.has(to), 'a move leads to a known status', { from, to });
      if (!reached.has(to)) {
        reached.add(to);
        open.push(to);
      }
    }
  }
  const unreached = [...known].filter((status) => !reached.has(status));
  invariant(unreached.length === 0, 'every status can be reached', { unreached });
  return table;
}

export function mayMove<Status extends string>(
  table: Transitions<Status>,
  from: Status,
  to: Status,
): boolean {
  return table[from].includes(to);
}
