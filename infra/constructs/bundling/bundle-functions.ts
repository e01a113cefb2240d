import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type ImportKind, type Metafile } from 'esbuild';
import { BUNDLE_SETTINGS, ROOT } from '../bundle-settings.ts';
import { type BesideCode, besideOf, placeBeside } from './beside-code.ts';
import { type LateImports, lateImports, lateModules } from './late-modules.ts';
import { lighter } from './lighter.ts';

/** The number of bytes that each source file became, by its path. */
type Parts = Readonly<Record<string, number>>;

/** The code of one function. */
export interface FunctionBundle {
  /** By name: `index.mjs`, and the files beside it that it imports. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The names of `index.mjs` and of what is loaded with it. The other files are loaded when they are needed. */
  readonly atStart: readonly string[];
  /** What the files became of that are loaded at the start, and the others. */
  readonly parts: Parts;
  readonly lateParts: Parts;
  /** The data that has to lie beside the code. */
  readonly beside: readonly BesideCode[];
}

export const INDEX = 'index.mjs';

/** How every function is bundled: minified, with everything that it imports, the AWS SDK too. */
export const BUNDLING = {
  ...BUNDLE_SETTINGS,
  outdir: 'bundles',
  write: false,
  metafile: true,
  minify: true,
} as const satisfies BuildOptions;

/**
 * Builds the bundles of these functions from the present sources. Gives them by function id. One run makes one module
 * of each function. A function that loads something late, by `import()`, is then made again, as several files. Rejects
 * with esbuild's messages if a file does not exist or can't be bundled.
 */
export async function bundleWithParts(
  ids: readonly string[],
  options: Pick<BuildOptions, 'minify'> = {},
): Promise<ReadonlyMap<string, FunctionBundle>> {
  const { outputFiles, metafile } = await build({
    ...{ ...BUNDLING, plugins: lighter, ...options },
    entryPoints: ids.map((id) => ({ in: `functions/${id}.ts`, out: id })),
  });
  const contents = contentsByName(outputFiles);
  const bundles = new Map<string, FunctionBundle>();
  for (const id of ids) {
    const name = `${id}.mjs`;
    const parts = partsOf(metafile, [name]);
    const late = lateImports(metafile, Object.keys(parts));
    // In turn: at the same time, the bundler holds as many times its memory.
    if (late !== undefined) bundles.set(id, await bundleInFiles(id, late, options));
    else {
      const files = new Map([[INDEX, contents.get(name) ?? new Uint8Array()]]);
      bundles.set(id, {
        files,
        atStart: [INDEX],
        parts,
        lateParts: {},
        beside: besideOf(Object.keys(parts)),
      });
    }
  }
  return bundles;
}

/** The bundle of a function with late modules: what it shares with them, and they with each other, is there once. */
async function bundleInFiles(
  id: string,
  late: LateImports,
  options: Pick<BuildOptions, 'minify'>,
): Promise<FunctionBundle> {
  const entry = `functions/${id}.ts`;
  const { outputFiles, metafile } = await build({
    ...{ ...BUNDLING, plugins: [lateModules(entry, late), ...lighter], ...options },
    entryPoints: [{ in: entry, out: 'index' }],
    splitting: true,
    chunkNames: '[name]-[hash]',
  });
  const needed = reachedFrom(metafile, INDEX, ['import-statement', 'dynamic-import']);
  const files = new Map([...contentsByName(outputFiles)].filter(([name]) => needed.includes(name)));
  const atStart = reachedFrom(metafile, INDEX, ['import-statement']);
  const parts = partsOf(metafile, atStart);
  const lateParts = partsOf(
    metafile,
    [...files.keys()].filter((name) => !atStart.includes(name)),
  );
  const beside = besideOf([...Object.keys(parts), ...Object.keys(lateParts)]);
  return { files, atStart, parts, lateParts, beside };
}

const FOLDER = 'bundles/';

const contentsByName = (files: readonly { readonly path: string; readonly contents: Uint8Array }[]) =>
  new Map(files.map(({ path, contents }) => [path.slice(join(ROOT, FOLDER).length), contents]));

/** The names of a file and of all that it imports in these ways, and so on. */
function reachedFrom({ outputs }: Metafile, first: string, ways: readonly ImportKind[]): readonly string[] {
  const found = new Set([first]);
  for (const name of found) {
    for (const { kind, path, external } of outputs[FOLDER + name]?.imports ?? [])
      if (external !== true && ways.some((way) => way === kind)) found.add(path.slice(FOLDER.length));
  }
  return [...found];
}

function partsOf({ outputs }: Metafile, names: readonly string[]): Parts {
  const parts: Record<string, number> = {};
  for (const name of names) {
    for (const [file, { bytesInOutput }] of Object.entries(outputs[FOLDER + name]?.inputs ?? {}))
      parts[file] = (parts[file] ?? 0) + bytesInOutput;
  }
  return parts;
}

/** Writes the files of a bundle, and what lies beside them, into the folder of the function. */
export function placeBundle(
  folder: string,
  { files, beside }: Pick<FunctionBundle, 'files' | 'beside'>,
): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  placeBeside(folder, beside);
}

/** What this file writes beside the folders of the functions, if it is started as a process. */
export const BUNDLES_FILE = 'bundles.json';
export type WrittenBundles = Readonly<Record<string, Omit<FunctionBundle, 'files'>>>;

/** Writes the code of these functions into a folder: `<id>/index.mjs`, with the files beside it. */
async function writeBundles(folder: string, ids: readonly string[]): Promise<void> {
  const written: Record<string, WrittenBundles[string]> = {};
  for (const [id, { files, ...more }] of await bundleWithParts(ids)) {
    placeBundle(join(folder, id), { files, beside: [] });
    written[id] = more;
  }
  writeFileSync(join(folder, BUNDLES_FILE), JSON.stringify(written));
}

// The CDK's constructs can't wait for a promise, and esbuild takes plug-ins only where it works asynchronously. So
// `../built-bundles.ts` starts this file as a process of its own.
if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder = '', ...ids] = argv;
  await writeBundles(folder, ids);
}
