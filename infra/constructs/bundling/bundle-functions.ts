import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { BUNDLE_SETTINGS, ROOT } from '../bundle-settings.ts';
import { lighter } from './lighter.ts';

/** The code of one function, and the number of bytes of it that each source file became, by the file's path. */
export interface FunctionBundle {
  readonly code: Uint8Array;
  readonly parts: Readonly<Record<string, number>>;
}

/** How every function is bundled: one minified module with everything that it imports, the AWS SDK too. */
export const BUNDLING = {
  ...BUNDLE_SETTINGS,
  outdir: 'bundles',
  write: false,
  metafile: true,
  minify: true,
} as const satisfies BuildOptions;

/**
 * Builds the bundles of these functions from the present sources. Gives them by function id. Rejects with esbuild's
 * messages if a file does not exist or can't be bundled.
 */
export async function bundleWithParts(
  ids: readonly string[],
  options: BuildOptions = {},
): Promise<ReadonlyMap<string, FunctionBundle>> {
  const { outputFiles = [], metafile } = await build({
    ...BUNDLING,
    plugins: lighter,
    ...options,
    entryPoints: ids.map((id) => ({ in: `functions/${id}.ts`, out: id })),
  });
  const folder = join(ROOT, 'bundles/');
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const name = path.slice(folder.length);
      const inputs = Object.entries(metafile?.outputs[`bundles/${name}`]?.inputs ?? {});
      const parts = Object.fromEntries(inputs.map(([file, { bytesInOutput }]) => [file, bytesInOutput]));
      return [name.replace(/\.mjs$/, ''), { code: contents, parts }];
    }),
  );
}

/** Writes the bundles of these functions into a folder: `<id>.mjs`. */
async function writeBundles(folder: string, ids: readonly string[]): Promise<void> {
  for (const [id, { code }] of await bundleWithParts(ids)) {
    const file = join(folder, `${id}.mjs`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  }
}

// The CDK's constructs can't wait for a promise, and esbuild takes plug-ins only where it works asynchronously. So
// `../bundle.ts` starts this file as a process of its own.
if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder = '', ...ids] = argv;
  await writeBundles(folder, ids);
}
