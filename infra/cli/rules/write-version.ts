import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { destinationFileSchema } from '../../../shared/duties/destinations/destination-file.ts';
import { generatedFrom } from '../../../shared/duties/destinations/generate.ts';
import { ruleFiles } from '../../../shared/duties/rules/builtin.ts';
import { builtinVersion } from '../../../shared/duties/rules/builtin-version.ts';

const generated = new URL('../../../shared/duties/destinations/generated/', import.meta.url);

/**
 * Writes the version of the repository's rules, and the files that are read apart from the rows. The version is the
 * day of the last change and the beginning of a fingerprint of all rows. Throws an Error with the schema's findings
 * if a file of the list is not a destination.
 */
export function writeVersion(today: string, say: (line: string) => void): void {
  const read = Object.entries(ruleFiles).map(([name, file]) => {
    const parsed = destinationFileSchema.safeParse(file);
    if (!parsed.success) throw new Error(`destinations/${name}: ${z.prettifyError(parsed.error)}`);
    return [name, parsed.data] as const;
  });
  const { files, rows } = generatedFrom(Object.fromEntries(read), { before: builtinVersion, today });
  for (const [name, content] of Object.entries(files))
    writeFileSync(new URL(name, generated), `${JSON.stringify(content, undefined, 2)}\n`);
  say(`${rows} rules, version ${files['version.json'].version}`);
}
