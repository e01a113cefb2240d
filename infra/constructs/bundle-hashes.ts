import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { sourceFingerprint } from './source-fingerprint.ts';

/** All files that the bundles depend on: our sources, the bundling code, and the installed packages. */
export const BUNDLE_SOURCES = [
  'functions/**/*.ts',
  'shared/**/*',
  'events/**/*',
  'infra/constructs/{bundle,built-bundles,bundle-settings,bundling/*}.ts',
  'tsconfig.json',
  'node_modules/.package-lock.json',
];
const REMEMBERED = 'node_modules/.cache/entrepot/bundle-hashes.json';

const rememberedSchema = z.object({ fingerprint: z.string(), hashes: z.record(z.string(), z.string()) });

/** The hash of each function's bundle, by the function's id. */
export type BundleHashes = Readonly<Record<string, string>>;

/**
 * Gives the hashes of the bundles. The bundles are built only when a source changed since the last build, so a
 * repeated synthesis is fast.
 */
export function bundleHashes(root: string, build: () => BundleHashes): BundleHashes {
  const fingerprint = sourceFingerprint(root, BUNDLE_SOURCES);
  const known = remembered(root);
  if (known?.fingerprint === fingerprint) return known.hashes;
  const hashes = build();
  const file = join(root, REMEMBERED);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ fingerprint, hashes }));
  return hashes;
}

function remembered(root: string): z.infer<typeof rememberedSchema> | undefined {
  try {
    return rememberedSchema.parse(JSON.parse(readFileSync(join(root, REMEMBERED), 'utf8')));
  } catch {
    // The file does not exist or is incomplete. The bundles are built, and the file is written again.
    return undefined;
  }
}
