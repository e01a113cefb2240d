import { idPrefixes, type NewId } from '../../shared/kernel/ids.ts';

/** Ids that count up, so that a failing test prints the same ids every time. */
export function countingIds(start = 1): NewId {
  let next = start;
  return (kind) => {
    const id = idOf(kind, next);
    next += 1;
    return id;
  };
}

/** The n-th id of a kind. */
export function idOf(kind: keyof typeof idPrefixes, n: number): string {
  return `${idPrefixes[kind]}_${n.toString().padStart(26, '0')}`;
}
