import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Sandbox partners and recorded answers of partners: they are in no bundle and in no template. */
const NEVER_DEPLOYED = new Set(['sandbox', 'fixtures']);

/** The files below `root` that match one of the patterns, in a fixed order, as paths relative to `root`. */
export function sourceFiles(root: string, patterns: readonly string[]): string[] {
  return globSync(patterns, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).some((folder) => NEVER_DEPLOYED.has(folder)))
    .sort();
}

/** A hash of the names and the contents of the files that {@link sourceFiles} gives, and of `settings`. */
export function sourceFingerprint(
  root: string,
  patterns: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const path of sourceFiles(root, patterns)) {
    const content = readFileSync(join(root, path));
    // With its length before it, the end of one file cannot be taken for the beginning of another.
    hash.update(`\n${path} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
