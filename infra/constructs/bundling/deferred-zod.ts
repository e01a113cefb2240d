import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const REPLACEMENT = fileURLToPath(new URL('deferred-schemas.ts', import.meta.url));

/**
 * Puts `deferred-schemas.ts` in the place of Zod, so that a function constructs only the schemas that it uses. Without
 * it, constructing all of them is the largest part of loading most functions.
 */
export const deferredZod: Plugin = {
  name: 'deferred-zod',
  setup({ onResolve }) {
    onResolve({ filter: /^zod$/ }, ({ importer }) =>
      importer === REPLACEMENT ? undefined : { path: REPLACEMENT, sideEffects: false },
    );
  },
};
