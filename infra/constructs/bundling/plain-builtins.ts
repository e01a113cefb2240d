import { isBuiltin } from 'node:module';
import type { OnLoadArgs, Plugin } from 'esbuild';

const STATIC = 'builtin';
/** The namespace of those that are imported late. */
export const BUILTIN_LATE = 'builtin-dynamic';

/**
 * Takes Node's own modules from `process.getBuiltinModule` instead of by `import`. An `import` reads every export of
 * the module first, and with it loads what Node would load at first use: `node:http` alone loads the WebSocket client.
 */
export const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?[a-z0-9_/]+$/ }, ({ path, kind }) => {
      if (!isBuiltin(path) || kind === 'require-call') return undefined;
      const namespace = kind === 'dynamic-import' ? BUILTIN_LATE : STATIC;
      return { path: path.replace(/^node:/, ''), namespace, sideEffects: false };
    });
    onLoad({ filter: /.*/, namespace: STATIC }, (args) => ({ contents: loadBuiltin(args) }));
    onLoad({ filter: /.*/, namespace: BUILTIN_LATE }, (args) => ({ contents: loadBuiltin(args) }));
  },
};

/** A module of JavaScript that takes the place of Node's module of that path. */
export function loadBuiltin({ path, namespace }: Pick<OnLoadArgs, 'path' | 'namespace'>): string {
  const builtin = process.getBuiltinModule(`node:${path}`) ?? {};
  // A module that is imported dynamically gives all its exports. So those that Node loads at first use are left out.
  const names = Object.entries(Object.getOwnPropertyDescriptors(builtin)).filter(
    ([name, { get }]) => /^[\w$]+$/.test(name) && name !== 'default' && (namespace === STATIC || !get),
  );
  return [
    `const builtin = /* @__PURE__ */ process.getBuiltinModule('node:${path}');`,
    'const read = (name) => builtin[name];',
    'export default builtin;',
    // Marked as pure, so that what nobody imports is not read.
    ...names.map(
      ([name], index) =>
        `const of${index} = /* @__PURE__ */ read('${name}'); export { of${index} as ${name} };`,
    ),
  ].join('\n');
}
