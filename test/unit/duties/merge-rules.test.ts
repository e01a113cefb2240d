import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRules, rowsOver } from '../../../shared/duties/rule-import/merge-rules.ts';
import type { Rule } from '../../../shared/duties/rules/schema.ts';

const row = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  regime: fc.constantFrom('au', 'gb', 'us'),
  rate: fc.constantFrom('1', '2', '3'),
});
const rows = (max: number) =>
  fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: max }).map((all) => all as unknown as Rule[]);

describe("a deployment's own rows", () => {
  it('give each regime the rows that all of them together give it, also where a row moves to another regime', () => {
    fc.assert(
      fc.property(rows(5), rows(5), (builtin, own) => {
        const whole = mergeRules(builtin, own);
        const merged = rowsOver((regime) => builtin.filter((each) => each.regime === regime), own);
        for (const regime of ['au', 'gb', 'us']) {
          const expected = whole.filter((each) => each.regime === regime);
          expect(merged(regime)).toHaveLength(expected.length);
          expect(new Set(merged(regime))).toEqual(new Set(expected));
        }
      }),
    );
  });
});
