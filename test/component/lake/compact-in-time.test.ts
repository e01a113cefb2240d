import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dayMs, minuteMs } from '../../../shared/kernel/time.ts';
import { type CompactInTimeOptions, compactInTime } from '../../../shared/lake/engine/compact-in-time.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { tableFigures } from '../../../shared/lake/table-figures.ts';
import { untilPaid } from '../../builders/facts.ts';
import { putFacts, recordsOfOrder } from '../../builders/lake-facts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'in-time-'));
  // The run makes its folder in the temporary folder of the machine.
  vi.stubEnv('TMPDIR', folder);
  for (const [index, name] of ['a', 'b', 'c'].entries())
    await putFacts(
      join(folder, 'lake'),
      `facts/received=2026-11-23/${name}.gz`,
      recordsOfOrder(index + 1, untilPaid(), index * dayMs),
    );
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A run whose every object takes so long to read, and which may last so long. Each object is a part of its own. */
function run(readMs: number, mayLastMs: number, over: Partial<CompactInTimeOptions> = {}) {
  let nowMs = Date.parse('2026-11-25T06:00:00.000Z');
  const endsMs = nowMs + mayLastMs;
  const files = folderStore(join(folder, 'lake'));
  return compactInTime({
    store: {
      ...files,
      fetch: (key, file) => {
        if (key.startsWith('facts/')) nowMs += readMs;
        return files.fetch(key, file);
      },
    },
    clock: () => new Date(nowMs),
    remainingMs: () => endsMs - nowMs,
    batchBytes: 1,
    ...over,
  });
}

const figures = () => tableFigures(folderStore(join(folder, 'lake')));

describe('making the tables in the time of a function', () => {
  it('reads all facts where there is time, and leaves no file behind', async () => {
    expect(await run(1_000, 10 * minuteMs)).toMatchObject({ objects: 3, left: 0 });

    expect(Object.keys((await figures())?.orders ?? {})).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
    expect(await readdir(folder)).toEqual(['lake']);
  });

  it('stops while there is time for twice the longest part and half a minute, and the next run does the rest', async () => {
    const seen: unknown[] = [];
    // After the first part 89 seconds are left. Twice 30 and 30 would be 90.
    const first = await run(30_000, 119_000, { onBatch: (progress) => seen.push(progress) });
    expect(first).toMatchObject({ objects: 1, left: 2 });
    expect(seen).toHaveLength(1);
    expect(Object.keys((await figures())?.orders ?? {})).toEqual(['2026-11-23']);

    expect(await run(30_000, 10 * minuteMs)).toMatchObject({ objects: 2, left: 0 });
    const inTwo = await figures();
    await rm(join(folder, 'lake/tables'), { recursive: true });
    await run(30_000, 10 * minuteMs);
    expect(await figures()).toEqual(inTwo);
  });

  it('goes on where exactly enough is left', async () => {
    // After the first part 90 seconds are left, and after the second 60.
    expect(await run(30_000, 120_000)).toMatchObject({ objects: 2, left: 1 });
  });

  it('begins nothing with less than half a minute', async () => {
    expect(await run(1_000, 29_999)).toMatchObject({ objects: 0, left: 3 });
    expect(await figures()).toBeUndefined();
  });

  it('writes nothing once its time is over, as a process that was frozen and goes on', async () => {
    await expect(run(2 * minuteMs, minuteMs)).rejects.toMatchObject({ name: 'LeaseOver' });

    expect(await figures()).toBeUndefined();
    expect(await readdir(join(folder, 'lake'))).toEqual(['facts']);
    expect(await readdir(folder)).toEqual(['lake']);
  });
});
