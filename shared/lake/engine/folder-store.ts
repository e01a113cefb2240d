import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LakeObject, LakeStore } from '../lake-store.ts';

/** A folder as a bucket: the key of an object is its path in the folder. */
export function folderStore(folder: string): LakeStore {
  const at = (key: string) => join(folder, key);
  return {
    async *list(prefix, after = '') {
      const paths = await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent);
      const keys = (paths ?? [])
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map((entry) => join(entry.parentPath, entry.name).slice(at('').length).replace(/^\//, ''))
        .filter((key) => key.startsWith(prefix) && key > after)
        .sort();
      for (const key of keys) yield await describe(key, at(key));
    },
    read: async (key) => (await readFile(at(key), 'utf8').catch(absent)) ?? undefined,
    write: async (key, text) =>
      whole(at(key), async (part) => {
        await writeFile(part, text);
      }),
    fetch: async (key, file) => {
      const copied = await copyFile(at(key), file).then(() => true, absent);
      return copied === true;
    },
    store: async (key, file) => whole(at(key), (part) => copyFile(file, part)),
    remove: async (key) => rm(at(key), { force: true }),
  };
}

async function describe(key: string, path: string): Promise<LakeObject> {
  const { size, mtimeMs } = await stat(path);
  return { key, bytes: size, tag: `${size}-${mtimeMs}` };
}

/** Writes a file beside its place and then moves it there, so that nobody reads half of it. */
async function whole(path: string, write: (part: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${dirname(path)}/.part-${process.pid}`;
  await write(part);
  await rename(part, path);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
