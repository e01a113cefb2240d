import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allMutants } from '../mutations/all-mutants.ts';
import { occurrencesOf, withFault } from '../mutations/mutant.ts';

const textOf = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

describe('the list of mutants', () => {
  it('names text that occurs exactly once in its file', () => {
    const stale = allMutants.filter((mutant) => occurrencesOf(mutant, textOf(mutant.file)) !== 1);
    expect(stale.map(({ id, file }) => `${id} in ${file}`)).toEqual([]);
  });

  it('changes the code with each row, and each row differently', () => {
    const faults = allMutants.map((mutant) => `${mutant.file}\n${withFault(mutant, textOf(mutant.file))}`);
    expect(new Set(faults).size).toBe(allMutants.length);
    expect(allMutants.filter(({ find, put }) => find === put)).toEqual([]);
  });

  it('names tests that exist', () => {
    const tests = [...new Set(allMutants.flatMap((mutant) => mutant.tests))];
    expect(tests.filter((file) => !file.endsWith('.test.ts') || !existsSync(file))).toEqual([]);
    expect(allMutants.filter((mutant) => mutant.tests.length === 0)).toEqual([]);
  });

  it('gives every row an id of its own', () => {
    expect(new Set(allMutants.map(({ id }) => id)).size).toBe(allMutants.length);
  });

  it('is about the orders, their money and their stock', () => {
    const least = { payment: 30, ledger: 20 };
    for (const [subject, count] of Object.entries(least))
      expect(allMutants.filter(({ id }) => id.startsWith(`${subject}/`)).length).toBeGreaterThanOrEqual(
        count,
      );
  });
});
