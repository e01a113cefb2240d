import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasAssembly, stampAssembly, withdrawStamp } from '../../../infra/local/assembly/stamp-assembly.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entrepot-assembly-'));
  mkdirSync(join(folder, 'asset.0a1b'));
  writeFileSync(join(folder, 'asset.0a1b', 'index.mjs'), 'export const handler = 1;');
  writeFileSync(join(folder, 'asset.0a1b', 'late.mjs'), 'export const late = 1;');
  writeFileSync(join(folder, 'Journey.template.json'), '{"Resources":{}}');
  writeFileSync(join(folder, 'Journey.assets.json'), '{"files":{"x":{"source":{"path":"asset.0a1b"}}}}');
  stampAssembly(folder, 'sources-1');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a finished assembly', () => {
  it('is used again while its sources are unchanged', () => {
    expect(hasAssembly(folder, 'sources-1')).toBe(true);
    expect(hasAssembly(folder, 'sources-2')).toBe(false);
  });

  it.each([
    ['its stamp was withdrawn before a synthesis that was killed', () => withdrawStamp(folder)],
    [
      'another synthesis wrote a template',
      () => writeFileSync(join(folder, 'Journey.template.json'), '{"Resour'),
    ],
    [
      'a manifest was cut short',
      () => writeFileSync(join(folder, 'Journey.assets.json'), '{"files":{"x":{"sou'),
    ],
    ['its stamp is empty', () => writeFileSync(join(folder, 'entrepot-stamp.json'), '')],
    ['its stamp was cut short', () => writeFileSync(join(folder, 'entrepot-stamp.json'), '{"inputs":"sou')],
    [
      'its stamp is of another release',
      () => writeFileSync(join(folder, 'entrepot-stamp.json'), '{"sources":"sources-1"}'),
    ],
    ['a stack was added', () => writeFileSync(join(folder, 'Other.template.json'), '{}')],
    [
      'the code of a function was cut short',
      () => writeFileSync(join(folder, 'asset.0a1b/index.mjs'), 'export'),
    ],
    ['a file that a function loads late is missing', () => rmSync(join(folder, 'asset.0a1b/late.mjs'))],
    ['the code of a function is missing', () => rmSync(join(folder, 'asset.0a1b'), { recursive: true })],
  ])('is built again if %s', (_, spoil) => {
    spoil();
    expect(hasAssembly(folder, 'sources-1')).toBe(false);
  });

  it('may contain code of earlier assemblies', () => {
    cpSync(join(folder, 'asset.0a1b'), join(folder, 'asset.ffff'), { recursive: true });
    expect(hasAssembly(folder, 'sources-1')).toBe(true);
  });

  it('does not exist in an empty folder', () => {
    expect(hasAssembly(join(folder, 'nowhere'), 'sources-1')).toBe(false);
  });
});
