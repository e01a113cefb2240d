import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { functionName } from '../../../events/names.ts';
import { triggerList } from '../../../events/triggers.ts';
import { BUNDLE_SETTINGS, ROOT } from '../../constructs/bundle-settings.ts';
import { besideOf, placeBeside } from '../../constructs/bundling/beside-code.ts';
import { lighter } from '../../constructs/bundling/lighter.ts';

/** The file with the handler of each function, by the name that the function has in the stage of this machine. */
export type FunctionFiles = ReadonlyMap<string, string>;

/** The folders whose modules hold what belongs to one function, such as its settings, its log and its clients. */
const OWN_FOLDERS = ['functions', 'shared/runtime'].map((folder) => join(ROOT, folder, '/'));
const ENTRY = 'function:';
/** Takes the place of the SDK's HTTP client. */
const HTTP_HANDLER = 'infra/local/lambda/thread-http-handler.ts';
/** Takes the place of the SDK's signatures. */
const SIGNATURE = 'infra/local/lambda/thread-signature.ts';

/** Takes the place of the calls of the table, which it makes itself where the SDK is not needed. */
const TABLE_CALLS = 'infra/local/lambda/thread-table-calls.ts';

/**
 * Builds all functions from the present sources into a folder. Modules of packages and of the rules are in files that
 * the functions import together. So a thread loads each of them once and compiles it for all functions. The modules of
 * {@link OWN_FOLDERS} are in the file of each function: no function sees the settings or the log of another one. The
 * names of the files are hashes of their contents, so a later build into the same folder shares what did not change.
 * Functions call the services of AWS by messages to the main thread ({@link HTTP_HANDLER}), without signatures
 * ({@link SIGNATURE}), and the table without the SDK's middleware ({@link TABLE_CALLS}). What a module reads
 * from beside its code lies beside its file.
 *
 * Throws an Error with esbuild's messages when a source cannot be built.
 */
export async function buildFunctions(folder: string): Promise<FunctionFiles> {
  const { metafile } = await build({
    ...BUNDLE_SETTINGS,
    alias: { ...BUNDLE_SETTINGS.alias, '@smithy/node-http-handler': join(ROOT, HTTP_HANDLER) },
    entryPoints: triggerList.map(([id]) => ({ in: `${ENTRY}${id}`, out: id })),
    outdir: folder,
    splitting: true,
    entryNames: '[dir]/[name]-[hash]',
    chunkNames: 'common/[hash]',
    metafile: true,
    plugins: [shortCalls, ownModules, unsigned, ...lighter],
  });
  for (const [file, { inputs }] of Object.entries(metafile.outputs))
    placeBeside(dirname(join(ROOT, file)), besideOf(Object.keys(inputs)));
  const files = Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) => {
    // esbuild names the first module of a file `<namespace>:<path>`.
    const built = triggerList.find(([id]) => entryPoint?.startsWith(`${ENTRY}${id}:`));
    return built === undefined ? [] : [[functionName('local', built[0]), join(ROOT, file)] as const];
  });
  return new Map(files);
}

/** Leaves out the signatures of calls that the SDK's core signs. The client of S3 brings signatures of its own. */
const unsigned: Plugin = {
  name: 'calls without signatures',
  setup({ onResolve }) {
    onResolve({ filter: /^@smithy\/signature-v4$/ }, ({ importer }) =>
      importer.includes(join('@aws-sdk', 'core', '/')) ? { path: join(ROOT, SIGNATURE) } : undefined,
    );
  },
};

/** Puts {@link TABLE_CALLS} in its place. */
const shortCalls: Plugin = {
  name: 'short calls of the table',
  setup({ onResolve }) {
    onResolve({ filter: /\/short-calls\.ts$/ }, () => ({
      path: join(ROOT, TABLE_CALLS),
      sideEffects: false,
    }));
  },
};

/** Gives each function its own copy of the modules in {@link OWN_FOLDERS}: esbuild keeps namespaces apart. */
const ownModules: Plugin = {
  name: 'own modules of functions',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^function:/ }, ({ path }) => ({
      path: join(ROOT, 'functions', `${path.slice(ENTRY.length)}.ts`),
      namespace: path,
      sideEffects: false,
    }));
    onResolve({ filter: /^\..*\.ts$/ }, ({ namespace, resolveDir, path: named }) => {
      if (!namespace.startsWith(ENTRY)) return undefined;
      const path = join(resolveDir, named);
      const isOwn = OWN_FOLDERS.some((folder) => path.startsWith(folder));
      return { path, namespace: isOwn ? namespace : 'file', sideEffects: false };
    });
    onLoad({ filter: /\.ts$/ }, async ({ namespace, path }) => {
      if (!namespace.startsWith(ENTRY)) return undefined;
      return { contents: await readFile(path, 'utf8'), loader: 'ts', resolveDir: dirname(path) };
    });
  },
};
