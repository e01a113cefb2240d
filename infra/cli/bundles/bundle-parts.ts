import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../constructs/bundle-settings.ts';
import { bundleWithParts, INDEX, placeBundle } from '../../constructs/bundling/bundle-functions.ts';
import { ANY_SETTINGS } from './measure-load.ts';

/** A part of a bundle: a package, a folder of ours, or one file. */
export interface BundlePart {
  readonly name: string;
  /** Bytes that are loaded at the start. */
  readonly bytes: number;
  /** Bytes in files that are loaded when they are needed. */
  readonly lateBytes: number;
  /** Milliseconds on the clock that its code ran while the bundle was loaded. */
  readonly loadMs: number;
}

/**
 * What the bundle of a function consists of, the part with the longest load first: its packages and folders, or with
 * `byFile` its single files. Rejects when the function can't be bundled or loaded.
 */
export async function bundleParts(id: string, byFile: boolean): Promise<readonly BundlePart[]> {
  const { parts: bytes = {}, lateParts: lateBytes = {} } = (await bundleWithParts([id])).get(id) ?? {};
  const files = [...Object.keys(bytes), ...Object.keys(lateBytes)];
  const loads = await loadByFile(id, new Set(files));
  const nameOf = byFile ? (file: string) => file : partOf;
  const parts = new Map<string, BundlePart>();
  for (const file of [COMPILING, ...files]) {
    const name = nameOf(file);
    const sum = parts.get(name) ?? { bytes: 0, lateBytes: 0, loadMs: 0 };
    parts.set(name, {
      name,
      bytes: sum.bytes + (bytes[file] ?? 0),
      lateBytes: sum.lateBytes + (lateBytes[file] ?? 0),
      loadMs: sum.loadMs + (loads.get(file) ?? 0),
    });
  }
  return [...parts.values()].sort(
    (one, other) => other.loadMs - one.loadMs || other.bytes - one.bytes || other.lateBytes - one.lateBytes,
  );
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
  if (plain === undefined) throw new Error(`no bundle was built for ${id}`);
  const marked = new Map(
    [...plain.files].map(([name, content]) => [name, Buffer.from(markStarts(content, files))]),
  );
  // Below the packages of this project, as the native code of an engine has to be found there.
  const place = join(ROOT, 'node_modules/.cache/entrepot');
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(join(place, 'parts-'));
  try {
    placeBundle(folder, { ...plain, files: marked });
    const args = ['--input-type=module', '--eval', LOAD_PARTS, join(folder, INDEX), COMPILING];
    const env = { ...process.env, ...ANY_SETTINGS };
    const loads: [string, number][] = JSON.parse(
      execFileSync(process.execPath, args, { env, encoding: 'utf8' }),
    );
    return new Map(loads);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const markStarts = (content: Uint8Array, files: ReadonlySet<string>): string =>
  Buffer.from(content)
    .toString('utf8')
    .replaceAll(/^\/\/ (.+)$/gm, (line, file: string) =>
      files.has(file) ? `globalThis.startOfPart(${JSON.stringify(file)});` : line,
    );

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
  const shown = parts.filter(({ bytes, lateBytes, loadMs }) => bytes > 0 || lateBytes > 0 || loadMs > 0);
  const cells = (texts: readonly string[]) => texts.map((text) => text.padStart(9)).join(' ');
  return [
    `${cells(['bytes', 'late', 'load ms'])}  part`,
    ...shown.map(
      ({ name, bytes, lateBytes, loadMs }) =>
        `${cells([String(bytes), String(lateBytes), loadMs.toFixed(2)])}  ${name}`,
    ),
    'late: bytes in files that are loaded when they are needed',
  ];
}
