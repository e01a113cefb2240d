import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Engine } from '../../events/triggers.ts';
import { ROOT } from './bundle-settings.ts';

/** The system and the processor of our functions, as npm names them. Amazon Linux has glibc. */
const LAMBDA = { os: 'linux', cpu: 'arm64', libc: 'glibc' } as const;

/** A package with native code, as the project's lock file pins it. */
interface NativePackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/** A system and a processor, such as `linux-arm64`. */
export type Platform = `${string}-${string}`;

const LAMBDA_PLATFORM: Platform = `${LAMBDA.os}-${LAMBDA.cpu}`;

/** The package of an engine's native code, by platform. The JavaScript around it is in the function's bundle. */
const packages: Readonly<Record<Engine, (platform: Platform) => string>> = {
  duckdb: (platform) => `@duckdb/node-bindings-${platform}`,
};

interface LockFile {
  readonly packages: Readonly<Record<string, Omit<NativePackage, 'name'> | undefined>>;
}

/** The package of an engine's native code. Throws an Error where the lock file does not pin it. */
export function nativePackage(engine: Engine, platform: Platform = LAMBDA_PLATFORM): NativePackage {
  const name = packages[engine](platform);
  const lock: LockFile = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined)
    throw new Error(`package-lock.json does not pin ${name}, the native code of ${engine}`);
  return { name, version, integrity };
}

/**
 * Copies the native code of an engine into the `node_modules` of a function's package. It is the installed one where
 * npm installed it for that platform; otherwise npm fetches it, and checks it against the hash of the lock file. Throws
 * an Error that says so where npm can't.
 */
export function addNativePackage(folder: string, engine: Engine, platform: Platform = LAMBDA_PLATFORM): void {
  const wanted = nativePackage(engine, platform);
  const installed = join(ROOT, 'node_modules', wanted.name);
  const from = existsSync(installed) ? installed : fetched(wanted);
  cpSync(from, join(folder, 'node_modules', wanted.name), { recursive: true });
}

/** The folder of a package that is for another platform than this machine's: fetched once, and kept. */
function fetched(wanted: NativePackage): string {
  const kept = join(ROOT, 'node_modules/.cache/entrepot/native', `${wanted.name}-${wanted.version}`);
  if (existsSync(kept)) return kept;
  mkdirSync(dirname(kept), { recursive: true });
  const work = mkdtempSync(`${kept}.`);
  try {
    for (const [file, content] of Object.entries(projectOf(wanted)))
      writeFileSync(join(work, file), JSON.stringify(content));
    install(work, wanted);
    renameSync(join(work, 'node_modules', wanted.name), kept);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return kept;
}

/** A project that needs this package alone, with its hash: npm refuses a package of another content. */
export function projectOf({ name, version, integrity }: NativePackage) {
  const root = { name: 'native-code', version: '0.0.0', dependencies: { [name]: version } };
  return {
    'package.json': { ...root, private: true },
    'package-lock.json': {
      ...{ name: root.name, version: root.version, lockfileVersion: 3, requires: true },
      packages: { '': root, [`node_modules/${name}`]: { version, integrity } },
    },
  };
}

function install(folder: string, { name, version }: NativePackage): void {
  const platform = Object.entries(LAMBDA).map(([option, value]) => `--${option}=${value}`);
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', ...platform];
  try {
    execFileSync('npm', ['ci', ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    const { stderr = '' } = error as { readonly stderr?: Buffer };
    throw new Error(
      `${name} ${version} is native code that a function needs on Lambda, and npm could not fetch it:\n${stderr}`,
    );
  }
}
