import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { triggerList } from '../../events/triggers.ts';
import { BUNDLE_SETTINGS } from '../../infra/constructs/bundle-settings.ts';
import {
  addNativePackage,
  nativePackage,
  type Platform,
  projectOf,
} from '../../infra/constructs/native-package.ts';

const folder = mkdtempSync(join(tmpdir(), 'entrepot-native-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HERE: Platform = `${process.platform}-${process.arch}`;
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const engines = new Set(triggerList.flatMap(([, { engine }]) => (engine === undefined ? [] : [engine])));

describe('the native code of an engine', () => {
  it.each([...engines])('%s is pinned by the lock file for the processor of Lambda', (engine) => {
    const { name, version, integrity } = nativePackage(engine);
    expect(name).toMatch(/linux-arm64$/);
    expect(integrity).toMatch(/^sha512-/);
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({ version, integrity, cpu: ['arm64'] });
  });

  it('has the version of the JavaScript around it, which is in the bundle', () => {
    expect(nativePackage('duckdb').version).toBe(lock.packages['node_modules/@duckdb/node-api'].version);
  });

  it('is fetched by its hash alone', () => {
    const wanted = { name: '@a/native', version: '1.2.3', integrity: `sha512-${hashOf('content')}` };
    expect(projectOf(wanted)['package-lock.json'].packages['node_modules/@a/native']).toEqual({
      ...{ version: '1.2.3', integrity: wanted.integrity },
    });
    expect(projectOf(wanted)['package.json'].dependencies).toEqual({ '@a/native': '1.2.3' });
  });

  it('that the lock file does not pin stops the synthesis', () => {
    expect(() => nativePackage('duckdb', 'plan9-mips')).toThrow(
      'package-lock.json does not pin @duckdb/node-bindings-plan9-mips, the native code of duckdb',
    );
  });

  it('lies beside the bundle, which finds it there and nowhere else', async () => {
    addNativePackage(folder, 'duckdb', HERE);
    const name = nativePackage('duckdb', HERE).name;
    expect(readdirSync(join(folder, 'node_modules/@duckdb'))).toEqual([name.slice('@duckdb/'.length)]);

    const { outputFiles } = await build({
      ...{ ...BUNDLE_SETTINGS, write: false, minify: true },
      stdin: { contents: ASKING, resolveDir: process.cwd() },
    });
    const bundle = join(folder, 'index.mjs');
    writeFileSync(bundle, outputFiles[0]?.contents ?? '');
    const ask = () => execFileSync(process.execPath, [bundle], { encoding: 'utf8', stdio: 'pipe' });
    expect(ask()).toBe('42');
    rmSync(join(folder, 'node_modules'), { recursive: true });
    expect(existsSync(join(folder, 'node_modules'))).toBe(false);
    expect(ask).toThrow(`Cannot find module '${name}/duckdb.node'`);
  });
});

const hashOf = (text: string) => createHash('sha512').update(text).digest('base64');

const ASKING = `
import { DuckDBInstance } from '@duckdb/node-api';
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const reader = await connection.runAndReadAll('SELECT 6 * 7');
process.stdout.write(String(reader.getRows()[0][0]));`;
