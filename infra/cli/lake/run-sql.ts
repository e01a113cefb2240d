import { rm } from 'node:fs/promises';
import { openLake } from '../../../shared/lake/engine/open-lake.ts';
import type { SqlOptions } from './lake-options.ts';
import { openPlace } from './open-place.ts';
import { printAnswer } from './print-answer.ts';

/** Answers a query. Throws an Error with the engine's message, which has the place in the query. */
export async function runSql(
  { where, sql, format }: SqlOptions,
  write: (text: string) => void,
): Promise<void> {
  const folder = await (await openPlace(where)).askable();
  const lake = await openLake({ folder });
  try {
    await printAnswer(await lake.stream(sql), format, write);
  } finally {
    lake.close();
    await rm(`${folder}/.spill`, { recursive: true, force: true });
  }
}
