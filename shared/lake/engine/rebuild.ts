import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CalendarDate } from '../../kernel/time.ts';
import { type Compacted, type DayFigures, writeCompacted } from '../compaction/compacted.ts';
import { COMPACTED, TABLES, tableKey, tableOfKey } from '../lake-keys.ts';
import type { LakeStore } from '../lake-store.ts';
import { subjects } from '../subjects/index.ts';
import { type CompactOptions, compact, readState } from './compact.ts';
import { folderStore } from './folder-store.ts';
import { figuresIn } from './merge-day.ts';
import { type EngineLimits, openEngine } from './open-engine.ts';
import { subjectNamed } from './table-sql.ts';

interface RebuildOptions extends Pick<CompactOptions, 'store' | 'folder' | 'now' | 'limits' | 'onBatch'> {
  /** Whether the tables that differ are replaced; otherwise they are only compared. */
  readonly replaces: boolean;
}

/** A table's day whose file and whose facts do not agree. */
interface Difference {
  readonly subject: string;
  readonly day: CalendarDate;
  /** What the file holds; undefined without a readable file. */
  readonly stored: DayFigures | undefined;
  /** What the facts give; undefined where they give no row. */
  readonly rebuilt: DayFigures | undefined;
}

interface RebuildOutcome {
  readonly objects: number;
  readonly facts: number;
  readonly setAside: number;
  /** The table days that were compared. */
  readonly days: number;
  readonly differences: readonly Difference[];
}

/** The tables were changed by another run while they were made again. */
export class LakeChanged extends Error {
  override readonly name = 'LakeChanged';
}

/**
 * Makes all tables again from the facts, in a folder of its own, and compares each day of each table with the stored
 * file: the rows and the checksum. Facts that the stored tables do not have yet are differences too. Throws
 * {@link LakeChanged} where it should replace tables that another run has changed meanwhile.
 */
export async function rebuild(options: RebuildOptions): Promise<RebuildOutcome> {
  const { store, folder, now, limits, replaces } = options;
  const before = await store.read(COMPACTED);
  const made = folderStore(join(folder, 'made'));
  await mkdir(join(folder, 'made'), { recursive: true });
  try {
    const run = await compact({ ...options, store: beside(store, made), folder: join(folder, 'work') });
    const compacted = await readState(made, now);
    const stored = await storedFigures({ store, folder, ...(limits && { limits }) });
    const differences = compare(stored, compacted.tables);
    if (replaces) {
      if ((await store.read(COMPACTED)) !== before)
        throw new LakeChanged(
          'another run changed the tables meanwhile: nothing was replaced, repeat the command',
        );
      await replace({ store, made, folder }, differences, compacted);
    }
    const { objects, facts, setAside } = run;
    return { objects, facts, setAside, days: countDays(compacted.tables), differences };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Facts from one store, tables in another. */
function beside(facts: LakeStore, tables: LakeStore): LakeStore {
  const of = (key: string) => (key.startsWith(TABLES) ? tables : facts);
  return {
    list: (prefix, after) => of(prefix).list(prefix, after),
    read: (key) => of(key).read(key),
    write: (key, text) => of(key).write(key, text),
    fetch: (key, file) => of(key).fetch(key, file),
    store: (key, file) => of(key).store(key, file),
    remove: (key) => of(key).remove(key),
  };
}

type Figures = Readonly<Record<string, Readonly<Record<CalendarDate, DayFigures | undefined>>>>;

/** The figures of the files that are stored: they are computed, because a file may have been changed. */
async function storedFigures(place: {
  readonly store: LakeStore;
  readonly folder: string;
  readonly limits?: EngineLimits;
}): Promise<Figures> {
  const { store, folder, limits } = place;
  const engine = await openEngine({ folder, ...(limits && { limits }) });
  const figures: Record<string, Record<CalendarDate, DayFigures | undefined>> = {};
  try {
    for await (const { key } of store.list(TABLES)) {
      const table = tableOfKey(key);
      if (table === undefined || !subjects.some(({ name }) => name === table.subject)) continue;
      const file = join(folder, 'stored.parquet');
      if (!(await store.fetch(key, file))) continue;
      const days = figures[table.subject] ?? {};
      figures[table.subject] = days;
      // A file that is no Parquet is a difference like any other.
      days[table.day] = await figuresIn(engine, subjectNamed(table.subject), file).catch(() => UNREADABLE);
      await rm(file, { force: true });
    }
  } finally {
    engine.close();
  }
  return figures;
}

const UNREADABLE: DayFigures = { rows: 0, checksum: 'unreadable' };

function compare(stored: Figures, rebuilt: Figures): Difference[] {
  return subjects.flatMap(({ name }) => {
    const [before = {}, after = {}] = [stored[name], rebuilt[name]];
    const days = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return days
      .map((day) => ({ subject: name, day, stored: before[day], rebuilt: after[day] }))
      .filter(
        (each) =>
          each.stored?.checksum !== each.rebuilt?.checksum || each.stored?.rows !== each.rebuilt?.rows,
      );
  });
}

/** The new files first, and what they are made of last, as in every run. */
async function replace(
  { store, made, folder }: { readonly store: LakeStore; readonly made: LakeStore; readonly folder: string },
  differences: readonly Difference[],
  compacted: Compacted,
): Promise<void> {
  for (const { subject, day, rebuilt } of differences) {
    const key = tableKey(subject, day);
    const file = join(folder, 'replacement.parquet');
    if (rebuilt === undefined) await store.remove(key);
    else if (await made.fetch(key, file)) await store.store(key, file);
  }
  await store.write(COMPACTED, writeCompacted(compacted));
}

const countDays = (tables: Figures) =>
  Object.values(tables).reduce((all, days) => all + Object.keys(days).length, 0);
