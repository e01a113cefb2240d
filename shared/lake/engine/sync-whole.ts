import { readFile } from 'node:fs/promises';
import { readCompacted } from '../compaction/compacted.ts';
import { COMPACTED, tableKey } from '../lake-keys.ts';
import type { LakeStore } from '../lake-store.ts';
import { openEngine, quoted } from './open-engine.ts';
import { type IsWanted, syncTables } from './sync-tables.ts';

/**
 * Copies the wanted days of the tables into a folder, as {@link syncTables}. Gives how many of these days have other
 * rows than their figures say: a run was changing them meanwhile, or was cut off, and they may hold a part of the
 * change. Nothing is waited for: a report says so, and is made again.
 */
export async function syncWhole(store: LakeStore, folder: string, isWanted: IsWanted): Promise<number> {
  await syncTables(store, folder, isWanted);
  return daysThatDoNotFit(folder, isWanted);
}

async function daysThatDoNotFit(folder: string, isWanted: IsWanted): Promise<number> {
  const [said, found] = await Promise.all([rowsByFigures(folder, isWanted), rowsInFiles(folder)]);
  const keys = new Set([...said.keys(), ...found.keys()]);
  return [...keys].filter((key) => said.get(key) !== found.get(key)).length;
}

/** The rows of each wanted file by the figures that came along with the copy. */
async function rowsByFigures(folder: string, isWanted: IsWanted): Promise<Map<string, number>> {
  const text = await readFile(`${folder}/${COMPACTED}`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return new Map();
  const days = Object.entries(readCompacted(text).tables).flatMap(([subject, figures]) =>
    Object.entries(figures).map(([day, { rows }]) => ({ subject, day, rows })),
  );
  return new Map(days.filter(isWanted).map(({ subject, day, rows }) => [tableKey(subject, day), rows]));
}

/** The rows of each copied file, by what the file says of itself at its end. */
async function rowsInFiles(folder: string): Promise<Map<string, number>> {
  const files = quoted(`${folder}/${tableKey('*', '*')}`);
  const engine = await openEngine({ folder });
  const ask = async (sql: string) => (await engine.connection.runAndReadAll(sql)).getRows();
  try {
    // The metadata of no files is an error.
    const [[count] = [0]] = await ask(`SELECT count(*) FROM glob(${files})`);
    if (Number(count) === 0) return new Map();
    const rows = await ask(`SELECT file_name, num_rows FROM parquet_file_metadata(${files})`);
    return new Map(rows.map(([file, number]) => [String(file).slice(folder.length + 1), Number(number)]));
  } finally {
    engine.close();
  }
}
