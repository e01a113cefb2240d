import { gzipSync } from 'node:zlib';
import type { Plugin } from 'esbuild';
import { BUNDLE_SETTINGS } from '../bundle-settings.ts';

/** The modules that few invocations of a function need, by the ends of their paths. */
const LATE = /\/(reports\/page\/chart-svg|evidence\/print\/print-pack)\.ts$/;

/**
 * Puts a module that is loaded by `import()` into the bundle as a compressed text, with everything that it imports. The
 * engine compiles nothing of a text before it is imported. Without this, the bundler would wrap each module
 * that the late one shares with the rest, and a wrapped module is compiled twice.
 *
 * The text has a copy of what it shares with the rest, so that a late module may hold no state of the function.
 */
export const lateModules: Plugin = {
  name: 'late-modules',
  setup({ onResolve, onLoad, esbuild, initialOptions }) {
    onResolve({ filter: LATE }, async ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' ? { path: `${resolveDir}/${path}`, namespace: 'late' } : undefined,
    );
    onLoad({ filter: LATE, namespace: 'late' }, async ({ path }) => {
      const { outputFiles, metafile } = await esbuild.build({
        ...BUNDLE_SETTINGS,
        // The module is imported from a text, which has no place from which others could be required.
        ...{ banner: {}, splitting: false, outdir: 'late', write: false, metafile: true, minify: true },
        ...{ plugins: (initialOptions.plugins ?? []).filter(({ name }) => name !== 'late-modules') },
        entryPoints: [path],
      });
      const [{ text = '' } = {}] = outputFiles ?? [];
      const exported = Object.values(metafile?.outputs ?? {}).flatMap((output) => output.exports);
      const packed = gzipSync(text, { level: 9 }).toString('base64');
      const contents = `import { gunzipSync } from 'node:zlib';
const code = gunzipSync(Buffer.from('${packed}', 'base64')).toString('base64');
export const { ${exported.join(', ')} } = await import('data:text/javascript;base64,' + code);`;
      return { contents, watchFiles: Object.keys(metafile?.inputs ?? {}) };
    });
  },
};
