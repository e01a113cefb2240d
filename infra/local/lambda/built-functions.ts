import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { BUNDLE_SOURCES } from '../../constructs/bundle-hashes.ts';
import { ROOT } from '../../constructs/bundle-settings.ts';
import { sourceFingerprint } from '../../constructs/source-fingerprint.ts';
import type { FunctionFiles } from './build-functions.ts';

const KEPT = join(ROOT, 'node_modules/.cache/entrepot/functions');
const INDEX = 'functions.json';
/** The sources of the build itself. */
const OWN_SOURCES = [
  'build-functions.ts',
  'table-wire.ts',
  'thread-http-handler.ts',
  'thread-signature.ts',
  'thread-table-calls.ts',
].map((name) => `infra/local/lambda/${name}`);
const KEPT_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Gives the code of all functions in one build of the present sources, for this machine. Builds only when a source
 * changed since an earlier start. Throws an Error with esbuild's messages when a source cannot be built.
 */
export async function builtFunctions(): Promise<FunctionFiles> {
  const sources = [...BUNDLE_SOURCES, ...OWN_SOURCES];
  const folder = join(KEPT, sourceFingerprint(ROOT, sources));
  if (!existsSync(folder)) {
    removeOld();
    await build(folder);
  }
  // A running backend reads some files only later. The time says that the folder is in use.
  const now = new Date();
  utimesSync(folder, now, now);
  return readIndex(folder);
}

/** Makes the folder complete or not at all, even if this process is killed or another one builds the same sources. */
async function build(folder: string): Promise<void> {
  // The imports are here because most starts do not need the bundler.
  const [{ buildFunctions }, { stop }] = await Promise.all([
    import('./build-functions.ts'),
    import('esbuild'),
  ]);
  const fresh = `${folder}.${process.pid}.${performance.now()}`;
  const files = [...(await buildFunctions(fresh))].map(([name, file]) => [name, relative(fresh, file)]);
  // Otherwise the bundler's process would keep some 440 MB for as long as this one runs.
  await stop();
  writeFileSync(join(fresh, INDEX), JSON.stringify(Object.fromEntries(files)));
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(fresh, { recursive: true });
  }
}

const indexSchema = z.record(z.string(), z.string());

function readIndex(folder: string): FunctionFiles {
  const files = indexSchema.parse(JSON.parse(readFileSync(join(folder, INDEX), 'utf8')));
  return new Map(Object.entries(files).map(([name, file]) => [name, join(folder, file)]));
}

/** Removes the builds that no start used for a week. */
function removeOld(): void {
  mkdirSync(KEPT, { recursive: true });
  for (const name of readdirSync(KEPT)) {
    const folder = join(KEPT, name);
    const usedMs = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    if (usedMs !== undefined && Date.now() - usedMs > KEPT_FOR_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}
