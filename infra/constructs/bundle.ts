import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AssetHashType, DockerImage, Stack } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Engine, FunctionPath } from '../../events/triggers.ts';
import { builtBundles } from './built-bundles.ts';
import { type BundleHashes, bundleHashes } from './bundle-hashes.ts';
import { ROOT } from './bundle-settings.ts';
import { hashBeside } from './bundling/beside-code.ts';
import { type FunctionBundle, placeBundle } from './bundling/bundle-functions.ts';
import { addNativePackage, nativePackage } from './native-package.ts';

/** A function, and the engine whose native code its package carries. */
interface PackagedFunction {
  readonly id: FunctionPath;
  /** Undefined for none: also on this machine, where the engine's own package is installed beside the bundles. */
  readonly engine: Engine | undefined;
}

/**
 * Gives a function's code: `index.mjs`, minified, with everything that it imports, including the AWS SDK. What it loads
 * late lies beside it in files of its own, as do the data that it reads and the native code of its engine.
 *
 * One run of esbuild builds the bundles of all functions, and one more each function that loads something late.
 * `NodejsFunction` would start `npx` and esbuild for each function, and read the same SDK each time. The name of each
 * package is a hash of its files. So a function whose code did not change is neither written nor deployed again.
 *
 * Throws an Error with esbuild's messages when a file does not exist or cannot be bundled, and with npm's when native
 * code can't be fetched.
 */
export function bundledCode(scope: Construct, { id, engine }: PackagedFunction): AssetCode {
  // For a stack that is not selected, the CDK needs only the template. Then no bundle is built.
  const hash = Stack.of(scope).bundlingRequired ? packageHash(hashOf(id), engine) : id;
  return Code.fromAsset(join(ROOT, 'functions'), {
    assetHash: hash,
    assetHashType: AssetHashType.CUSTOM,
    bundling: {
      image: DockerImage.fromRegistry('never-pulled'),
      command: ['esbuild', id],
      local: {
        tryBundle(folder) {
          placeBundle(folder, bundleOf(id));
          if (engine !== undefined) addNativePackage(folder, engine);
          return true;
        },
      },
    },
  });
}

/** The hash of a bundle and of the native code beside it. */
function packageHash(bundle: string, engine: Engine | undefined): string {
  if (engine === undefined) return bundle;
  return createHash('sha256')
    .update(`${bundle} ${nativePackage(engine).integrity}`)
    .digest('hex');
}

let hashes: BundleHashes | undefined;
let bundles: ReadonlyMap<string, FunctionBundle> | undefined;

function hashOf(id: FunctionPath): string {
  hashes ??= bundleHashes(ROOT, () =>
    Object.fromEntries([...allBundles()].map(([each, bundle]) => [each, hashOfBundle(bundle)])),
  );
  const hash = hashes[id];
  if (hash === undefined) throw new Error(`no bundle was built for ${id}`);
  return hash;
}

/** The hash of a bundle's files, with their names, and of the data beside them. */
function hashOfBundle({ files, beside }: FunctionBundle): string {
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(`${name} ${content.length}\n`).update(content);
  for (const each of beside) hash.update(`${each.name} ${hashBeside(each)}\n`);
  return hash.digest('hex');
}

function bundleOf(id: FunctionPath): FunctionBundle {
  const bundle = allBundles().get(id);
  if (bundle === undefined) throw new Error(`no bundle was built for ${id}`);
  return bundle;
}

function allBundles(): ReadonlyMap<string, FunctionBundle> {
  bundles ??= builtBundles();
  return bundles;
}
