import type { RuleOf } from '../rules/schema.ts';
import { perCase } from './case-memory.ts';
import type { ImportCase, ValuedLine } from './import-case.ts';

type Scheme = RuleOf<'scheme'> | undefined;

const knownSchemes = perCase(() => new Map<string, Scheme>());

/**
 * The scheme with that code, if its conditions are true for every line; otherwise undefined. It is looked up once a
 * case: the relief of each line asks for it.
 */
export function schemeOf(it: ImportCase, code: string): Scheme {
  const known = knownSchemes(it);
  if (!known.has(code)) known.set(code, findScheme(it, code));
  return known.get(code);
}

/** The scheme with that code for the goods of one line alone. */
export const schemeOfLine = (it: ImportCase, code: string, line: ValuedLine): Scheme =>
  it.rules.find('scheme', it, line, (row) => row.code === code);

function findScheme(it: ImportCase, code: string): Scheme {
  const found = it.lines.map((line) => schemeOfLine(it, code, line));
  return found.every((scheme) => scheme !== undefined) ? found[0] : undefined;
}
