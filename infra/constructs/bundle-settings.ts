import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How esbuild makes JavaScript of the functions, for the deployed bundles and for the local cloud alike. */
export const BUNDLE_SETTINGS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  mainFields: ['module', 'main'],
  conditions: ['module', 'import'],
  alias: {
    '@aws-sdk/credential-provider-node': join(ROOT, 'infra/constructs/bundling/lambda-credentials.ts'),
    // The library that prints evidence reads pictures with it. Nothing prints pictures.
    'png-js': join(ROOT, 'infra/constructs/bundling/no-pictures.ts'),
  },
  // Native code can't be in a module. It lies in `node_modules` beside the bundle, or of this project.
  external: ['@duckdb/node-bindings-*'],
  legalComments: 'none',
  // Some packages are still CommonJS and load Node's modules with `require`. An ES module has no `require`.
  banner: {
    js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
  },
  logLevel: 'silent',
} satisfies BuildOptions;
