import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CalendarDate } from '../../kernel/time.ts';
import { TABLES, tableOfKey } from '../lake-keys.ts';
import type { LakeObject, LakeStore } from '../lake-store.ts';

/** Whether the file of a table's UTC day is copied. */
export type IsWanted = (file: { readonly subject: string; readonly day: CalendarDate }) => boolean;

/** Files that are copied at a time. */
const AT_ONCE = 8;

/** Remembers with which content a file was copied. */
const TAGS = '.copied.json';

/**
 * Brings a folder up to the tables of a store, so that they can be asked there. Only files that have changed are
 * copied; files that the store no longer has are removed. One process at a time for a folder.
 */
export async function syncTables(
  store: LakeStore,
  folder: string,
  isWanted: IsWanted = () => true,
): Promise<void> {
  const tagFile = join(folder, TAGS);
  const before = await readTags(tagFile);
  const after: Record<string, string> = {};
  const copy = async ({ key, tag }: LakeObject): Promise<void> => {
    const file = join(folder, key);
    await mkdir(dirname(file), { recursive: true });
    if (before[key] === tag || (await store.fetch(key, file))) after[key] = tag;
  };
  let together: LakeObject[] = [];
  for await (const object of store.list(TABLES)) {
    const table = tableOfKey(object.key);
    // The file of figures comes along.
    if (table === undefined || isWanted(table)) together.push(object);
    if (together.length < AT_ONCE) continue;
    await Promise.all(together.map(copy));
    together = [];
  }
  await Promise.all(together.map(copy));
  for (const key of Object.keys(before)) if (!(key in after)) await rm(join(folder, key), { force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(tagFile, JSON.stringify(after));
}

async function readTags(file: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return JSON.parse(text) as Record<string, string>;
}
