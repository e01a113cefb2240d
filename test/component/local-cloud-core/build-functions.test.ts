import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionName } from '../../../events/names.ts';
import { triggerList } from '../../../events/triggers.ts';
import { buildFunctions, type FunctionFiles } from '../../../infra/local/lambda/build-functions.ts';

/** The modules of the project in a built file, and whose copy each is: esbuild writes them before their code. */
function copiesIn(file: string): { readonly of: string | undefined; readonly path: string }[] {
  const paths = readFileSync(file, 'utf8').matchAll(
    /^\/\/ (function:[^:]*)?:?(?:.*\/)?((?:functions|shared|events)\/\S+\.ts)$/gm,
  );
  return [...paths].map(([, of, path = '']) => ({ of, path }));
}

const modulesIn = (file: string) => copiesIn(file).map(({ path }) => path);

describe('the build of all functions for one machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-build-'));
  let files: FunctionFiles = new Map();

  /** Files of code; what a module reads lies beside them, in folders. */
  const commonFiles = () =>
    readdirSync(join(folder, 'common'), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => join(folder, 'common', name));

  beforeAll(async () => {
    files = await buildFunctions(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('has a file for each function', () => {
    const names = triggerList.map(([id]) => functionName('local', id));
    expect([...files.keys()].toSorted()).toEqual(names.toSorted());
  });

  test('gives each function a copy of what holds its settings and its log, and nobody another', () => {
    for (const name of ['PaymentOnScreeningReleased', 'QuotePostQuote'])
      expect(modulesIn(files.get(`entrepot-local-${name}`) ?? '')).toContain('shared/runtime/log.ts');
    // What a function loads late lies in files of its own, beside those that are for all.
    const own = commonFiles()
      .flatMap(copiesIn)
      .filter(({ path }) => /^(functions|shared\/runtime)\//.test(path));
    expect(own.filter(({ of }) => of === undefined)).toEqual([]);
    const names = own.map(({ of, path }) => `${of} ${path}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('has each module of the rules once, where several functions use it', () => {
    const holding = [...files.values(), ...commonFiles()].filter((file) =>
      modulesIn(file).includes('shared/timeline/act-on-order.ts'),
    );
    expect(holding).toHaveLength(1);
  });

  test('does not sign calls of the table, which the services of this machine do not check', () => {
    const texts = commonFiles().map((file) => readFileSync(file, 'utf8'));
    expect(texts.filter((text) => text.includes('infra/local/lambda/thread-signature.ts'))).toHaveLength(1);
  });

  test('keeps the files of what did not change when it is built again', async () => {
    expect(await buildFunctions(folder)).toEqual(files);
  });
});
