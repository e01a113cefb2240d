import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The page of the console with its script and its styles: the names of the files that {@link buildConsole} writes. */
export const CONSOLE_FILES = ['index.html', 'console.js', 'console.css'] as const;

/** Builds the console into a folder: a page, a script and a style sheet. Throws if the code can't be bundled. */
export async function buildConsole(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { console: join(here, 'src/main.tsx') },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    tsconfig: join(here, 'tsconfig.json'),
    define: { 'process.env.NODE_ENV': '"production"' },
    // Fonts and pictures of the design system come as data, so that the policy of the page names no other origin.
    loader: { '.woff2': 'dataurl', '.svg': 'dataurl', '.png': 'dataurl' },
    legalComments: 'none',
    logLevel: 'error',
  });
  await copyFile(join(here, 'index.html'), join(folder, 'index.html'));
}
