import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The folder of the files whose names have a hash of their contents. They never change under their name. */
export const ASSETS = 'assets';

/** A font that the style sheet of the design system has as data. */
const FONT = /url\(["']?data:font\/woff2;base64,([A-Za-z0-9+/=]+)["']?\)/g;

const common = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  tsconfig: join(here, 'tsconfig.json'),
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  logLevel: 'error',
} as const satisfies BuildOptions;

/**
 * Builds the console into a folder: `index.html`, and its scripts, style sheet and fonts in `assets`. A page of the
 * console is a script of its own, which is loaded with the page. Throws if the code can't be bundled.
 */
export async function buildConsole(folder: string): Promise<void> {
  const assets = join(folder, ASSETS);
  await mkdir(assets, { recursive: true });
  const [scripts, style] = await Promise.all([buildScripts(assets), buildStyle(assets)]);
  const page = await readFile(join(here, 'index.html'), 'utf8');
  const links = [`<link rel="stylesheet" href="${addressOf(style)}">`, ...scripts.map(scriptTag)];
  await writeFile(
    join(folder, 'index.html'),
    page.replace('<!-- assets -->', () => links.join('\n    ')),
  );
}

/** The names of the scripts that the first page needs, the one that starts it first. */
async function buildScripts(outdir: string): Promise<readonly string[]> {
  const { metafile } = await build({
    ...common,
    entryPoints: { console: join(here, 'src/main.tsx') },
    outdir,
    splitting: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    loader: { '.css': 'empty' },
    metafile: true,
  });
  return neededAtStart(metafile).map((file) => basename(file));
}

/** The script that starts the console, and those that it imports. Loads them at once, and not one after another. */
function neededAtStart({ outputs }: Metafile): readonly string[] {
  const [start] =
    Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith('/main.tsx')) ?? [];
  if (start === undefined) throw new Error('the build has a script that starts the console');
  const needed = new Set([start]);
  for (const file of needed)
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement') needed.add(path);
  return [...needed];
}

/**
 * The style sheet of all pages. One is enough: most of it belongs to the parts that every page has. esbuild would make
 * one for each page, with the common parts in each, and load none of them.
 */
async function buildStyle(outdir: string): Promise<string> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [join(here, 'src/main.tsx')],
    outdir,
    write: false,
    loader: { '.svg': 'dataurl', '.png': 'dataurl' },
  });
  const style = outputFiles.find(({ path }) => path.endsWith('.css'))?.text;
  if (style === undefined) throw new Error('the build has a style sheet');
  return writeHashed(outdir, 'console.css', await withFontFiles(outdir, style));
}

/** The style sheet with its fonts as files: a browser loads those that a page shows, and shows the text meanwhile. */
async function withFontFiles(outdir: string, style: string): Promise<string> {
  const names = new Map<string, string>();
  for (const [, data = ''] of style.matchAll(FONT))
    names.set(data, await writeHashed(outdir, 'font.woff2', Buffer.from(data, 'base64')));
  return style
    .replaceAll(FONT, (_, data: string) => `url(${names.get(data)})`)
    .replaceAll('@font-face{', '@font-face{font-display:swap;');
}

async function writeHashed(folder: string, name: string, content: string | Buffer): Promise<string> {
  const [stem, extension] = name.split('.');
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const hashed = `${stem}-${hash}.${extension}`;
  await writeFile(join(folder, hashed), content);
  return hashed;
}

const addressOf = (asset: string): string => `/console/${ASSETS}/${asset}`;

const scriptTag = (script: string, index: number): string =>
  index === 0
    ? `<script type="module" src="${addressOf(script)}"></script>`
    : `<link rel="modulepreload" href="${addressOf(script)}">`;
