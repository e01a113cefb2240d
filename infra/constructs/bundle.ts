import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssetHashType, DockerImage, Stack } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type Engine, type FunctionPath, triggerList } from '../../events/triggers.ts';
import { type BundleHashes, bundleHashes } from './bundle-hashes.ts';
import { ROOT } from './bundle-settings.ts';
import { addNativePackage, nativePackage } from './native-package.ts';

/** A function, and the engine whose native code its package carries. */
interface PackagedFunction {
  readonly id: FunctionPath;
  /** Undefined for none: also on this machine, where the engine's own package is installed beside the bundles. */
  readonly engine: Engine | undefined;
  /** Whether its package carries the WebAssembly of the solver. */
  readonly solves?: boolean;
}

/**
 * Gives a function's code as one minified module: the function's file and everything that it imports, including the
 * AWS SDK. The native code of its engine lies beside it.
 *
 * One run of esbuild builds the bundles of all functions. `NodejsFunction` would start `npx` and esbuild for each
 * function, and read the same SDK each time. The name of each bundle is a hash of its bytes. So a function whose code
 * did not change is neither written nor deployed again.
 *
 * Throws an Error with esbuild's messages when a file does not exist or cannot be bundled, and with npm's when native
 * code can't be fetched.
 */
export function bundledCode(scope: Construct, { id, engine, solves = false }: PackagedFunction): AssetCode {
  // For a stack that is not selected, the CDK needs only the template. Then no bundle is built.
  const hash = Stack.of(scope).bundlingRequired ? packageHash(hashOf(id), { engine, solves }) : id;
  return Code.fromAsset(join(ROOT, 'functions'), {
    assetHash: hash,
    assetHashType: AssetHashType.CUSTOM,
    bundling: {
      image: DockerImage.fromRegistry('never-pulled'),
      command: ['esbuild', id],
      local: {
        tryBundle(folder) {
          writeFileSync(join(folder, 'index.mjs'), bundleOf(id));
          if (engine !== undefined) addNativePackage(folder, engine);
          if (solves) copyFileSync(SOLVER, join(folder, 'highs.wasm'));
          return true;
        },
      },
    },
  });
}

/** The WebAssembly of HiGHS: the same for every processor. */
const SOLVER = join(ROOT, 'node_modules/highs/build/highs.wasm');

/** The hash of a bundle and of what lies beside it. */
function packageHash(
  bundle: string,
  { engine, solves }: { readonly engine: Engine | undefined; readonly solves: boolean },
): string {
  const beside = [
    ...(engine === undefined ? [] : [nativePackage(engine).integrity]),
    ...(solves ? [createHash('sha256').update(readFileSync(SOLVER)).digest('hex')] : []),
  ];
  if (beside.length === 0) return bundle;
  return createHash('sha256')
    .update([bundle, ...beside].join(' '))
    .digest('hex');
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

/**
 * Builds the bundles of these functions from the present sources. Gives them by function id. Throws an Error with
 * esbuild's messages.
 */
export function bundleFunctions(ids: readonly FunctionPath[]): ReadonlyMap<string, Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'entrepot-bundles-'));
  try {
    const script = join(ROOT, 'infra/constructs/bundling/bundle-functions.ts');
    execFileSync(process.execPath, [script, folder, ...ids], { stdio: ['ignore', 'inherit', 'pipe'] });
    return new Map(ids.map((id) => [id, readFileSync(join(folder, `${id}.mjs`))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
