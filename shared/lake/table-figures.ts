import { type Compacted, readCompacted } from './compaction/compacted.ts';
import { COMPACTED } from './lake-keys.ts';
import type { LakeStore } from './lake-store.ts';

/**
 * The rows and the checksum of each table and day, as the last change of the tables wrote them; undefined while
 * there are
 * no tables.
 */
export async function tableFigures(store: LakeStore): Promise<Compacted['tables'] | undefined> {
  const text = await store.read(COMPACTED);
  return text === undefined ? undefined : readCompacted(text).tables;
}
