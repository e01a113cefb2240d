import type { CalendarDate } from '../kernel/time.ts';
import { type Compacted, readCompacted, type SetAside } from './compaction/compacted.ts';
import { COMPACTED, receivedOn } from './lake-keys.ts';
import type { LakeStore } from './lake-store.ts';
import { UNREAD } from './subject.ts';

/** The rows and the checksum of each table and day. */
type Figures = Compacted['tables'];

/**
 * The rows and the checksum of each table and day, as the last change of the tables wrote them, and as `unread` of what
 * could not be read by then; undefined while there are no tables.
 */
export async function tableFigures(store: LakeStore): Promise<Figures | undefined> {
  const text = await store.read(COMPACTED);
  if (text === undefined) return undefined;
  const { tables, setAside } = readCompacted(text);
  return { ...tables, [UNREAD]: unreadByDay(setAside) };
}

function unreadByDay(setAside: readonly SetAside[]): Record<CalendarDate, Figures[string][string]> {
  const days: Record<CalendarDate, Figures[string][string]> = {};
  for (const { key, tag, line = 0 } of setAside) {
    const day = receivedOn(key);
    if (day === undefined) continue;
    const { rows = 0, checksum = '' } = days[day] ?? {};
    days[day] = { rows: rows + 1, checksum: `${checksum} ${key} ${tag} ${line}` };
  }
  return days;
}
