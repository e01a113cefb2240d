import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionName } from '../../../events/names.ts';
import { triggerList } from '../../../events/triggers.ts';
import { buildFunctions, type FunctionFiles } from '../../../infra/local/lambda/build-functions.ts';

/** The modules of the project in a built file: esbuild writes the path of each before its code. */
function modulesIn(file: string): string[] {
  const paths = readFileSync(file, 'utf8').matchAll(
    /^\/\/ (?:function:[^:]*:)?(?:.*\/)?((?:functions|shared|events)\/\S+\.ts)$/gm,
  );
  return [...paths].map(([, path = '']) => path);
}

describe('the build of all functions for one machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-build-'));
  let files: FunctionFiles = new Map();

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
    const common = readdirSync(join(folder, 'common')).flatMap((file) =>
      modulesIn(join(folder, 'common', file)),
    );
    expect(common.filter((path) => /^(functions|shared\/runtime)\//.test(path))).toEqual([]);
  });

  test('has each module of the rules once, where several functions use it', () => {
    const all = [
      ...files.values(),
      ...readdirSync(join(folder, 'common')).map((file) => join(folder, 'common', file)),
    ];
    const holding = all.filter((file) => modulesIn(file).includes('shared/timeline/act-on-order.ts'));
    expect(holding).toHaveLength(1);
  });

  test('does not sign calls of the table, which the services of this machine do not check', () => {
    const texts = readdirSync(join(folder, 'common')).map((file) =>
      readFileSync(join(folder, 'common', file), 'utf8'),
    );
    expect(texts.filter((text) => text.includes('infra/local/lambda/thread-signature.ts'))).toHaveLength(1);
  });

  test('keeps the files of what did not change when it is built again', async () => {
    expect(await buildFunctions(folder)).toEqual(files);
  });
});
