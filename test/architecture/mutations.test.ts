import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allMutants } from '../mutations/all-mutants.ts';
import { occurrencesOf, withFault } from '../mutations/mutant.ts';
import { createWorkingCopy } from '../mutations/working-copy.ts';

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

  it('has enough rows of each subject', () => {
    const counts = Object.fromEntries(
      [...Map.groupBy(allMutants, ({ id }) => id.split('/')[0] ?? '')].map(([subject, rows]) => [
        subject,
        rows.length,
      ]),
    );
    for (const subject of ['payment', 'ledger', 'stock', 'timeline', 'order', 'warehouse'])
      expect([subject, counts[subject] ?? 0]).toEqual([subject, expect.toSatisfy((rows) => rows >= 20)]);
  });
});

describe('a fault', () => {
  const mutant = {
    ...{ id: 'a/b', file: 'code/sum.ts', find: 'a + b', put: 'a - $& b', tests: ['sum.test.ts'] },
    harm: 'The sum is wrong.',
  };
  const text = 'export const sum = (a: number, b: number) => a + b;\n';

  it('is in the copy while the tests run, and never in the project', async () => {
    const project = await mkdtemp(join(tmpdir(), 'entrepot-project-'));
    await mkdir(join(project, 'code'));
    await writeFile(join(project, mutant.file), text);
    const copy = await createWorkingCopy(project);
    const inProject = () => readFile(join(project, mutant.file), 'utf8');
    const run = copy.during(mutant, async () => {
      expect(await copy.read(mutant.file)).toBe(text.replace('a + b', () => mutant.put));
      expect(await inProject()).toBe(text);
      throw new Error('the tests could not be run');
    });
    await expect(run).rejects.toThrow('could not be run');
    expect(await copy.read(mutant.file)).toBe(text);
    await copy.remove();
    expect(existsSync(copy.folder)).toBe(false);
    expect(await inProject()).toBe(text);
    await rm(project, { recursive: true });
  });

  it('is refused if its text occurs not at all, or twice', () => {
    expect(() => withFault(mutant, 'a * b')).toThrow('a/b');
    expect(() => withFault(mutant, text + text)).toThrow('a/b');
  });
});
