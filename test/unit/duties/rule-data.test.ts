import { describe, expect, it } from 'vitest';
import { regimes } from '../../../shared/duties/regimes/index.ts';
import { overlapsOf, problemsOfRows } from '../../../shared/duties/rule-import/index.ts';
import { builtinRows, builtinVersion, ruleFiles } from '../../../shared/duties/rules/builtin.ts';
import { rowsOf } from '../../../shared/duties/rules/rule-file.ts';
import { fingerprint } from '../../../shared/kernel/hash.ts';

describe('the rule files', () => {
  it.each(Object.entries(ruleFiles))('%s: every row is a rule', (_name, file) => {
    expect(problemsOfRows(rowsOf(file))).toEqual([]);
  });

  it('name every id once, and no two rows hold for the same thing on one day', () => {
    const ids = builtinRows.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(overlapsOf(builtinRows)).toEqual([]);
  });

  it('belong to regimes that are registered, and name countries of theirs', () => {
    for (const { id, regime, destinations = [] } of builtinRows) {
      const found = regimes.find(({ code }) => code === regime);
      expect(found, `${id}: ${regime}`).toBeDefined();
      for (const country of destinations) expect(found?.countries, id).toContain(country);
    }
  });

  it('have the version that their fingerprint asks for: npm run rules -- version', () => {
    expect(builtinVersion.slice(11)).toBe(fingerprint(builtinRows).slice(0, 8));
  });

  it('cover each country once', () => {
    const countries = regimes.flatMap(({ countries: own }) => [...own] as string[]);
    expect(countries.filter((country, index) => countries.indexOf(country) !== index)).toEqual([]);
  });
});
