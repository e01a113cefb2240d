import { writeFileSync } from 'node:fs';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import { fingerprint } from '../../../shared/kernel/hash.ts';

const versionFile = new URL('../../../shared/duties/rules/data/version.json', import.meta.url);

/** Writes the version of the repository's rules: the day, and the beginning of a fingerprint of all rows. */
export function writeVersion(today: string, say: (line: string) => void): void {
  const version = `${today}-${fingerprint(builtinRows).slice(0, 8)}`;
  writeFileSync(versionFile, `{ "version": "${version}" }\n`);
  say(`${builtinRows.length} rules, version ${version}`);
}
