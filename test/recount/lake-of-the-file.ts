import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LakeWhere } from '../../infra/cli/lake/lake-options.ts';
import { openPlace } from '../../infra/cli/lake/open-place.ts';
import { type Instant, later } from '../../shared/kernel/time.ts';
import { eachLine } from '../../shared/lake/engine/facts-in-file.ts';
import { FACTS } from '../../shared/lake/lake-keys.ts';

interface Line {
  readonly id: string;
  readonly orderId?: string;
  readonly name: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

/**
 * Stores the facts of a lake in a folder, each order moved in time as a whole, so that it is placed at the time given.
 * What is no fact of one of these orders is left out.
 */
export async function lakeOfTheFile(
  where: LakeWhere,
  folder: string,
  times: ReadonlyMap<string, Instant>,
): Promise<void> {
  const lines = await everyLine(where, folder);
  const placed = new Map(
    lines.flatMap(({ name, orderId, occurredAt }): [string, number][] =>
      name === 'order.placed' && orderId !== undefined ? [[orderId, Date.parse(occurredAt)]] : [],
    ),
  );
  const moved = lines.flatMap((line) => {
    const [was, now] = [placed.get(line.orderId ?? ''), times.get(line.orderId ?? '')];
    if (was === undefined || now === undefined) return [];
    const by = Date.parse(now) - was;
    return [{ ...line, occurredAt: later(line.occurredAt, by), recordedAt: later(line.recordedAt, by) }];
  });
  const file = join(folder, FACTS, 'received=2011-01-01', 'moved.ndjson.gz');
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, gzipSync(moved.map((line) => `${JSON.stringify(line)}\n`).join('')));
}

async function everyLine(where: LakeWhere, folder: string): Promise<readonly Line[]> {
  const { store } = await openPlace(where);
  const lines: Line[] = [];
  const copy = join(folder, 'object.gz');
  await mkdir(folder, { recursive: true });
  for await (const { key } of store.list(FACTS)) {
    await store.fetch(key, copy);
    await eachLine(copy, (text) => lines.push(JSON.parse(text) as Line));
  }
  await rm(copy, { force: true });
  return lines;
}
