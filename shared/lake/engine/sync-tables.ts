import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TABLES, tableOfKey } from '../lake-keys.ts';
import type { LakeStore } from '../lake-store.ts';

/** Which files of the tables are copied; absent means all. */
export interface WantedTables {
  readonly subjects?: readonly string[];
  /** The first and the last UTC day, both included. */
  readonly from?: string;
  readonly to?: string;
}

/** Remembers with which content a file was copied. */
const TAGS = '.copied.json';

/**
 * Brings a folder up to the tables of a store, so that they can be asked there. Only files that have changed are
 * copied; files that the store no longer has are removed. One process at a time for a folder.
 */
export async function syncTables(store: LakeStore, folder: string, wanted: WantedTables = {}): Promise<void> {
  const tagFile = join(folder, TAGS);
  const before = await readTags(tagFile);
  const after: Record<string, string> = {};
  for await (const { key, tag } of store.list(TABLES)) {
    if (!isWanted(key, wanted)) continue;
    const file = join(folder, key);
    await mkdir(dirname(file), { recursive: true });
    if (before[key] === tag || (await store.fetch(key, file))) after[key] = tag;
  }
  for (const key of Object.keys(before)) if (!(key in after)) await rm(join(folder, key), { force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(tagFile, JSON.stringify(after));
}

function isWanted(key: string, { subjects, from, to }: WantedTables): boolean {
  const table = tableOfKey(key);
  // The file of figures comes along.
  if (table === undefined) return true;
  if (subjects !== undefined && !subjects.includes(table.subject)) return false;
  return (from === undefined || table.day >= from) && (to === undefined || table.day <= to);
}

async function readTags(file: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return JSON.parse(text) as Record<string, string>;
}
