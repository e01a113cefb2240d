import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const REPLACEMENT = fileURLToPath(new URL('deferred-schemas.ts', import.meta.url));

const JSON_SCHEMAS = /\bzod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/;

/**
 * Puts `deferred-schemas.ts` in the place of Zod, so that a function constructs only the schemas that it uses. Without
 * it, constructing all of them is the largest part of loading most functions.
 *
 * Zod's code for JSON Schemas is left out. Every schema has a method that needs it, but only the generated contracts
 * call it. In a bundle the method throws an Error that names this file.
 */
export const deferredZod: Plugin = {
  name: 'deferred-zod',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^zod$/ }, ({ importer }) =>
      importer === REPLACEMENT ? undefined : { path: REPLACEMENT, sideEffects: false },
    );
    onLoad({ filter: JSON_SCHEMAS }, async ({ path }) => {
      const names = [...(await readFile(path, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm)];
      return {
        contents: [
          "const leftOut = () => { throw new Error('left out, see infra/constructs/bundling/deferred-zod.ts'); };",
          // A schema asks for its method when it is constructed.
          'const methodOf = () => leftOut;',
          ...names.map(([, name]) => `export { methodOf as ${name} };`),
        ].join('\n'),
      };
    });
  },
};
