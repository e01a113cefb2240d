import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage, Stack } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { type FunctionPath, triggerList } from '../../events/triggers.ts';
import { type BundleHashes, bundleHashes } from './bundle-hashes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Gives a function's code: its file and all that it imports, the AWS SDK included, as one minified module.
 *
 * The bundles are built in one run of esbuild over all functions. `NodejsFunction` would start `npx` and
 * esbuild once a function and read the same SDK again each time. Each bundle is named by its own bytes, so
 * that a function whose code did not change is neither written nor deployed again.
 *
 * Throws an Error with esbuild's findings when a file does not exist or does not bundle.
 */
export function bundledCode(scope: Construct, id: FunctionPath): AssetCode {
  // A stack that is not asked for is not bundled: its templates are all that anybody wants of it.
  const hash = Stack.of(scope).bundlingRequired ? hashOf(id) : id;
  return Code.fromAsset(join(ROOT, 'functions'), {
    assetHash: hash,
    assetHashType: AssetHashType.CUSTOM,
    bundling: {
      image: DockerImage.fromRegistry('never-pulled'),
      command: ['esbuild', id],
      local: {
        tryBundle(folder) {
          writeFileSync(join(folder, 'index.mjs'), bundleOf(id));
          return true;
        },
      },
    },
  });
}

let hashes: BundleHashes | undefined;
let bundles: ReadonlyMap<string, Uint8Array> | undefined;

function hashOf(id: FunctionPath): string {
  hashes ??= bundleHashes(ROOT, () => {
    const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
    return Object.fromEntries([...allBundles()].map(([each, content]) => [each, sha256(content)]));
  });
  const hash = hashes[id];
  if (hash === undefined) throw new Error(`no bundle was built for ${id}`);
  return hash;
}

function bundleOf(id: FunctionPath): Uint8Array {
  const bundle = allBundles().get(id);
  if (bundle === undefined) throw new Error(`no bundle was built for ${id}`);
  return bundle;
}

function allBundles(): ReadonlyMap<string, Uint8Array> {
  bundles ??= bundleFunctions(triggerList.map(([id]) => id));
  return bundles;
}

/** The bundles of these functions, by id, from the sources as they are now. Throws with esbuild's findings. */
export function bundleFunctions(ids: readonly FunctionPath[]): ReadonlyMap<string, Uint8Array> {
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: ids.map((id) => ({ in: `functions/${id}.ts`, out: id })),
    outdir: 'bundles',
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    alias: { '@aws-sdk/credential-provider-node': join(ROOT, 'infra/constructs/lambda-credentials.ts') },
    minify: true,
    legalComments: 'none',
    // Packages that are still CommonJS ask for Node's own modules by require, which a module does not have.
    banner: {
      js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
    },
    logLevel: 'silent',
  });
  const folder = join(ROOT, 'bundles/');
  return new Map(
    outputFiles.map(({ path, contents }) => [path.slice(folder.length).replace(/\.mjs$/, ''), contents]),
  );
}
