import type * as z from 'zod';
import { canonicalJson } from '../kernel/hash.ts';

/** What an import does to what is stored: `written` has those that are new or changed. */
export function importChanges<Item>(
  given: readonly Item[],
  /** What is stored of each of them, in their order. */
  known: readonly (Item | undefined)[],
): {
  readonly written: readonly Item[];
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
} {
  const places = given.flatMap((item, at) =>
    known[at] !== undefined && canonicalJson(item) === canonicalJson(known[at]) ? [] : [at],
  );
  const added = places.filter((at) => known[at] === undefined).length;
  return {
    written: places.flatMap((at) => given.slice(at, at + 1)),
    ...{ added, changed: places.length - added, unchanged: given.length - places.length },
  };
}

/** A code in a request, and where it is. */
interface NamedCode {
  readonly path: readonly (string | number)[];
  readonly code: string;
}

/** The codes of a field that is a list of them. */
export const codesIn = (
  field: string,
  codes: readonly string[],
  inside: readonly string[] = [],
): NamedCode[] => codes.map((code, index) => ({ path: [field, index, ...inside], code }));

/** Refuses an import that names nothing, more than one transaction takes, or a code twice. */
export function namedOnce(
  codes: readonly NamedCode[],
  {
    most,
    noun,
    addIssue,
  }: { readonly most: number; readonly noun: string; readonly addIssue: z.core.$RefinementCtx['addIssue'] },
): void {
  const wrong = (path: readonly (string | number)[], message: string) =>
    addIssue({ code: 'custom', path: [...path], message });
  if (codes.length === 0) wrong([], `at least one ${noun}`);
  if (codes.length > most) wrong([], `at most ${most} ${noun}s in all`);
  const seen = new Set<string>();
  for (const { path, code } of codes) {
    if (seen.has(code)) wrong(path, `a ${noun} is named once`);
    seen.add(code);
  }
}
