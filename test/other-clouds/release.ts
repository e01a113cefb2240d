import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PARTS, type Part, type Templates } from './assembly.ts';

const fileOf = (part: Part) => fileURLToPath(new URL(`release/${part}.template.json.gz`, import.meta.url));

/** The templates of the stage `sandbox` as the previous release had them. */
export async function releasedTemplates(): Promise<Templates> {
  const read = PARTS.filter((part) => existsSync(fileOf(part))).map(
    async (part) => [part, gunzipSync(await readFile(fileOf(part))).toString()] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

/** Keeps templates as those of the previous release. It is done when a release is made. */
export async function keepTemplates(templates: Templates): Promise<void> {
  for (const part of PARTS) await writeFile(fileOf(part), gzipSync(templates[part] ?? '', { level: 9 }));
}

/** The keys of the bundles that templates name. */
export const bundleKeysIn = (templates: Templates): string[] =>
  Object.values(templates).flatMap((text) =>
    [...text.matchAll(/"S3Key":\s*"([^"]+)"/g)].map(([, key = '']) => key),
  );
