import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CalendarDate } from '../../kernel/time.ts';
import { readCompacted } from '../compaction/compacted.ts';
import { COMPACTED, receivedOn } from '../lake-keys.ts';

/**
 * How many objects and lines of facts that arrived since a UTC day could not be read, by the tables in a folder. What
 * is counted there without a name may be of any day, and counts. None where no tables were made.
 */
export async function unreadSince(folder: string, day: CalendarDate): Promise<number> {
  const text = await readFile(join(folder, COMPACTED), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return 0;
  const { setAside, setAsideCount } = readCompacted(text);
  const earlier = setAside.filter(({ key }) => (receivedOn(key) ?? day) < day);
  return setAsideCount - earlier.length;
}
