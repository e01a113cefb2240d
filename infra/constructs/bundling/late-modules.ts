import { join, relative } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { ROOT } from '../bundle-settings.ts';
import { LEFT_OUT, leftOut } from './no-event-streams.ts';
import { BUILTIN_LATE, loadBuiltin } from './plain-builtins.ts';

/** Files of ours. What the packages of others load late is no reason to make several files. */
const OURS = /^(functions|shared|events)\//;
/** What is left out, or taken from Node itself: no module. */
const NO_MODULE = new RegExp(`^(${LEFT_OUT}|${BUILTIN_LATE}):`);

/** What a function loads late, by `import()`, as it is named there. */
export interface LateImports {
  /** All that is named by files of the function. */
  readonly live: readonly string[];
  /** What is named by files that the bundler found, also those that it leaves out. */
  readonly found: readonly string[];
}

/** What a function of these files loads late; undefined if no file of ours does. */
export function lateImports({ inputs }: Metafile, files: readonly string[]): LateImports | undefined {
  const namedBy = (file: string) =>
    (inputs[file]?.imports ?? []).flatMap(({ kind, path, original }) =>
      kind === 'dynamic-import' && original !== undefined && !NO_MODULE.test(path) ? [original] : [],
    );
  if (!files.some((file) => OURS.test(file) && namedBy(file).length > 0)) return undefined;
  const namesIn = (all: readonly string[]) => [...new Set(all.flatMap(namedBy))].sort();
  return { live: namesIn(files), found: namesIn(Object.keys(inputs)) };
}

/**
 * Lets each late module import the function that loads it. So the bundler sees that all of the function is there
 * before, and puts it into one file. Without this there would be a file for each set of late modules that share
 * something with the function: with ten late modules, a function would load some dozen files at its start. What the
 * function does not name is empty: the bundler would make files of it, although it leaves out who names it.
 */
export function lateModules(entry: string, { live, found }: LateImports): Plugin {
  const withEntry = (contents: string) => ({
    contents: `import './${entry}';\n${contents}`,
    resolveDir: ROOT,
  });
  return {
    name: 'late-modules',
    setup({ onResolve, onLoad }) {
      const filter = new RegExp(`^(${[...live, ...found].map(escaped).join('|')})$`);
      onResolve({ filter }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        if (!live.includes(path)) return { path, namespace: 'not-named' };
        // Without the folder of the project, as the names of the files are hashes of this path too.
        const place = path.startsWith('.') ? `./${relative(ROOT, join(resolveDir, path))}` : path;
        return { path: place, namespace: 'late' };
      });
      onLoad({ filter: /.*/, namespace: 'not-named' }, () => withEntry(''));
      onLoad({ filter: /.*/, namespace: LEFT_OUT }, () => withEntry(leftOut));
      onLoad({ filter: /.*/, namespace: BUILTIN_LATE }, (args) => withEntry(loadBuiltin(args)));
      onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) =>
        withEntry([`export * from '${path}';`, ...defaultOf(path)].join('\n')),
      );
    },
  };
}

/** A module of ours has named exports alone. */
const defaultOf = (path: string): string[] =>
  path.startsWith('.') ? [] : [`import * as all from '${path}';`, 'export default all.default;'];

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
