import type { RuleOf } from '../rules/schema.ts';
import type { ImportCase } from './import-case.ts';

/** The scheme with that code, if its conditions are true for every line; otherwise undefined. */
export function schemeOf(it: ImportCase, code: string): RuleOf<'scheme'> | undefined {
  const found = it.lines.map((line) => it.rules.find('scheme', it, line, (row) => row.code === code));
  return found.every((scheme) => scheme !== undefined) ? found[0] : undefined;
}
