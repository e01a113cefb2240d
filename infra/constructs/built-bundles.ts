import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { triggerList } from '../../events/triggers.ts';
import { BUNDLE_SOURCES } from './bundle-hashes.ts';
import { ROOT } from './bundle-settings.ts';
import { BUNDLES_FILE, type FunctionBundle, type WrittenBundles } from './bundling/bundle-functions.ts';
import { sourceFingerprint } from './source-fingerprint.ts';

const KEPT = join(ROOT, 'node_modules/.cache/entrepot/bundles');

/**
 * Gives the bundles of all functions by function id, of the present sources. They are built when a source changed since
 * the last call, on this machine and by any process: that takes half a minute. Throws an Error with esbuild's messages.
 */
export function builtBundles(): ReadonlyMap<string, FunctionBundle> {
  const folder = join(KEPT, sourceFingerprint(ROOT, BUNDLE_SOURCES));
  if (!existsSync(folder)) build(folder);
  const written: WrittenBundles = JSON.parse(readFileSync(join(folder, BUNDLES_FILE), 'utf8'));
  return new Map(
    Object.entries(written).map(([id, more]) => {
      const names = readdirSync(join(folder, id)).sort();
      return [
        id,
        { ...more, files: new Map(names.map((name) => [name, readFileSync(join(folder, id, name))])) },
      ];
    }),
  );
}

/** Makes the folder complete or not at all, even if this process is killed or another one builds the same sources. */
function build(folder: string): void {
  mkdirSync(KEPT, { recursive: true });
  const fresh = mkdtempSync(`${folder}.`);
  const script = join(ROOT, 'infra/constructs/bundling/bundle-functions.ts');
  const ids = triggerList.map(([id]) => id);
  execFileSync(process.execPath, [script, fresh, ...ids], { stdio: ['ignore', 'inherit', 'pipe'] });
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(fresh, { recursive: true });
  }
  removeOld(folder);
}

/** Removes the bundles of other sources, and what a process left that was killed an hour ago or before. */
function removeOld(current: string): void {
  for (const name of readdirSync(KEPT)) {
    const folder = join(KEPT, name);
    const changedMs = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const isBeingBuilt = name.includes('.') && Date.now() - changedMs < 3_600_000;
    if (folder !== current && !isBeingBuilt) rmSync(folder, { recursive: true, force: true });
  }
}
