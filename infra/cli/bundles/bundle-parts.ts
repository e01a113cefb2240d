import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWithParts } from '../../constructs/bundling/bundle-functions.ts';
import { ANY_SETTINGS } from './measure-load.ts';

/** A part of a bundle: a package, a folder of ours, or one file. */
export interface BundlePart {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds on the clock that its code ran while the bundle was loaded. */
  readonly loadMs: number;
}

/**
 * What the bundle of a function consists of, the part with the longest load first: its packages and folders, or with
 * `byFile` its single files. Rejects when the function can't be bundled or loaded.
 */
export async function bundleParts(id: string, byFile: boolean): Promise<readonly BundlePart[]> {
  const bytes = (await bundleWithParts([id])).get(id)?.parts ?? {};
  const loads = await loadByFile(id, new Set(Object.keys(bytes)));
  const nameOf = byFile ? (file: string) => file : partOf;
  const parts = new Map<string, BundlePart>();
  for (const file of [COMPILING, ...Object.keys(bytes)]) {
    const name = nameOf(file);
    const { bytes: sum, loadMs } = parts.get(name) ?? { bytes: 0, loadMs: 0 };
    parts.set(name, {
      name,
      bytes: sum + (bytes[file] ?? 0),
      loadMs: loadMs + (loads.get(file) ?? 0),
    });
  }
  return [...parts.values()].sort((one, other) => other.loadMs - one.loadMs || other.bytes - one.bytes);
}

const COMPILING = '(reading and compiling)';

/** The package of a file with the folder in it where it has large ones, or our own folder of two levels. */
function partOf(file: string): string {
  const [, inside] = file.split(/.*node_modules\//);
  if (inside === undefined) return file.split('/').slice(0, 2).join('/');
  const [first = '', second = ''] = inside.split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  const submodule = /\/(?:submodules|v4)\/([^/]+)\//.exec(inside)?.[1];
  return submodule === undefined ? name : `${name}/${submodule}`;
}

/**
 * Milliseconds on the clock between the first statement of a file and that of the next, while the bundle is loaded.
 * Nothing is minified for it: esbuild then writes the path of a file in front of it, and a call takes its place.
 */
async function loadByFile(id: string, files: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const plain = (await bundleWithParts([id], { minify: false })).get(id);
  const marked = Buffer.from(plain?.code ?? [])
    .toString('utf8')
    .replaceAll(/^\/\/ (.+)$/gm, (line, file: string) =>
      files.has(file) ? `globalThis.startOfPart(${JSON.stringify(file)});` : line,
    );
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-parts-'));
  try {
    const file = join(folder, 'index.mjs');
    writeFileSync(file, marked);
    const args = ['--input-type=module', '--eval', LOAD_PARTS, file, COMPILING];
    const env = { ...process.env, ...ANY_SETTINGS };
    const loads: [string, number][] = JSON.parse(
      execFileSync(process.execPath, args, { env, encoding: 'utf8' }),
    );
    return new Map(loads);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const LOAD_PARTS = `
const loads = new Map();
let [, file, current] = process.argv;
let since = performance.now();
globalThis.startOfPart = (next) => {
  const now = performance.now();
  loads.set(current, (loads.get(current) ?? 0) + now - since);
  current = next;
  since = performance.now();
};
await import(file);
globalThis.startOfPart('');
process.stdout.write(JSON.stringify([...loads]), () => process.exit(0));
`;

/** A table with one line for each part that takes space or time. */
export function partLines(parts: readonly BundlePart[]): string[] {
  const shown = parts.filter(({ bytes, loadMs }) => bytes > 0 || loadMs > 0);
  return [
    '    bytes   load ms  part',
    ...shown.map(
      ({ name, bytes, loadMs }) => `${String(bytes).padStart(9)} ${loadMs.toFixed(2).padStart(9)}  ${name}`,
    ),
  ];
}
