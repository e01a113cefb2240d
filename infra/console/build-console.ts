import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The address that the files of the console are below. */
export const CONSOLE_PATH = '/console';

/** The names of the files of the console. Each but the page has the hash of its content in its name. */
export interface ConsoleFiles {
  readonly page: string;
  /** May be kept for ever by a browser: another content has another name. */
  readonly hashed: readonly string[];
  /** Those that the first page loads before it shows anything. */
  readonly first: readonly string[];
}

/**
 * Builds the console into a folder: the page, and its scripts, styles and fonts. What a page of the console alone needs
 * is a file of its own, which is loaded when the page is opened. Throws if the code can't be bundled.
 */
export async function buildConsole(folder: string): Promise<ConsoleFiles> {
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: { console: join(here, 'src/main.tsx') },
    outdir: folder,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: CONSOLE_PATH,
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: join(here, 'tsconfig.json'),
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff2': 'file', '.svg': 'dataurl', '.png': 'dataurl' },
    legalComments: 'none',
    logLevel: 'error',
  });
  const { script, styles, first } = startOf(metafile);
  const page = await readFile(join(here, 'index.html'), 'utf8');
  await writeFile(
    join(folder, 'index.html'),
    page.replace('console.js', script).replace('console.css', styles),
  );
  const hashed = Object.keys(metafile.outputs).map((path) => basename(path));
  return { page: 'index.html', hashed, first };
}

/** The script and the styles that the page names, and with them the scripts that this script imports. */
function startOf({ outputs }: Metafile) {
  const [entry, { cssBundle = '' } = {}] =
    Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith('src/main.tsx')) ?? [];
  if (entry === undefined || cssBundle === '') throw new Error('the console has no script or no styles');
  const found = new Set([entry]);
  for (const path of found)
    for (const { kind, path: imported } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement') found.add(imported);
  return {
    script: basename(entry),
    styles: basename(cssBundle),
    first: [...found, cssBundle].map((path) => basename(path)),
  };
}
