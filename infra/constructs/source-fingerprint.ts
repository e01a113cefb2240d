import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Folders of sandbox partners, their recorded answers, and test accounts. None is in a bundle or in a template. */
const NEVER_DEPLOYED = new Set(['sandbox', 'fixtures', 'test-account']);

/** The files below `root` that match one of the patterns. They are paths relative to `root`, in a fixed order. */
export function sourceFiles(root: string, patterns: readonly string[]): string[] {
  return globSync(patterns, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split(sep).some((folder) => NEVER_DEPLOYED.has(folder)))
    .sort();
}

/** A hash of `settings`, and of the names and contents of the files that {@link sourceFiles} gives. */
export function sourceFingerprint(
  root: string,
  patterns: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const path of sourceFiles(root, patterns)) {
    const content = readFileSync(join(root, path));
    // The length comes first, so that the hash differs when text moves from the end of one file to the beginning of
    // the next.
    hash.update(`\n${path} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
