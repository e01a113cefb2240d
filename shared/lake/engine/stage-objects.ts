import { rm } from 'node:fs/promises';
import type { CalendarDate } from '../../kernel/time.ts';
import type { SetAside } from '../compaction/compacted.ts';
import type { LakeObject, LakeStore } from '../lake-store.ts';
import { rowsOfLine } from '../rows-of-line.ts';
import { eachLine } from './facts-in-file.ts';
import type { Engine } from './open-engine.ts';
import { StagedRows } from './staged-rows.ts';

interface Staged {
  /** The days with new rows, by table. */
  readonly days: ReadonlyMap<string, readonly CalendarDate[]>;
  readonly facts: number;
  readonly setAside: readonly SetAside[];
}

/**
 * Reads objects of facts and puts their rows into tables of the engine. What can't be read is named, and the rest is
 * read: another line, another object. An object that is gone meanwhile is set aside too.
 */
export async function stageObjects(
  { engine, store, folder }: { readonly engine: Engine; readonly store: LakeStore; readonly folder: string },
  objects: readonly LakeObject[],
): Promise<Staged> {
  const rows = await StagedRows.open(engine);
  const setAside: SetAside[] = [];
  let facts = 0;
  for (const { key, tag } of objects) {
    const file = `${folder}/facts.part`;
    if (!(await store.fetch(key, file))) {
      setAside.push({ key, tag, reason: 'gone', linesRead: 0 });
      continue;
    }
    const { lines, damage } = await eachLine(file, (text, line) => {
      const given = rowsOfLine(text);
      if (!given.ok) setAside.push({ key, tag, reason: given.reason, line, linesRead: line - 1 });
      else for (const { subject, cells } of given.rows) rows.append(subject, cells);
    });
    facts += lines;
    if (damage !== undefined) setAside.push({ key, tag, reason: damage, linesRead: lines });
    await rm(file);
  }
  return { days: rows.close(), facts, setAside };
}
