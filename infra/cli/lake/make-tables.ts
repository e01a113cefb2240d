import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { rebuild } from '../../../shared/lake/engine/rebuild.ts';
import { fencedStore } from '../../../shared/lake/fenced-store.ts';
import type { LakeStore } from '../../../shared/lake/lake-store.ts';
import type { Progress, Step } from '../terminal/progress.ts';
import { grouped, textTable } from '../terminal/text-table.ts';
import { holdLease } from './hold-lease.ts';
import type { LakeWhere, RebuildCommandOptions } from './lake-options.ts';
import { type LakePlace, openPlace, workFolder } from './open-place.ts';
import { sayMade, saySetAside } from './say-made.ts';

/** The bytes of facts that are read between two advances of the progress. */
const BATCH_BYTES = 16 * 1024 * 1024;

/** Brings the tables up to the facts. Gives whether everything could be read. */
export async function buildTables(where: LakeWhere, progress: Progress): Promise<boolean> {
  const place = await openPlace(where);
  const folder = await workFolder();
  const bytes = showBytes(progress, 'reading facts');
  try {
    const made = await alone(place, progress, (store) =>
      compact({
        ...{ store, folder: join(folder, 'run'), now: new Date().toISOString(), batchBytes: BATCH_BYTES },
        ...{ looksBack: true, onBatch: bytes.reach },
      }),
    );
    bytes.end();
    return sayMade(place.name, made, progress);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Does what `act` does with the store, while no other run changes the tables of the stage. */
async function alone<T>(
  { store, lease }: LakePlace,
  { say }: Progress,
  act: (store: LakeStore) => Promise<T>,
): Promise<T> {
  if (lease === undefined) return act(store);
  const held = await holdLease(lease, { say });
  try {
    return await act(fencedStore(store, held.isOver));
  } finally {
    await held.release();
  }
}

/** Makes all tables again. Gives whether everything could be read and nothing differs. */
export async function rebuildTables(
  { where, dryRun }: RebuildCommandOptions,
  progress: Progress,
): Promise<boolean> {
  const place = await openPlace(where);
  const { name } = place;
  const folder = await workFolder();
  const bytes = showBytes(progress, 'reading facts');
  const run = (store: LakeStore) =>
    rebuild({
      ...{ store, folder: join(folder, 'run'), now: new Date().toISOString(), batchBytes: BATCH_BYTES },
      ...{ replaces: !dryRun, onBatch: bytes.reach },
    });
  try {
    // What is only compared stops no other run.
    const made = dryRun ? await run(place.store) : await alone(place, progress, run);
    bytes.end();
    const { facts, days, differences } = made;
    progress.say(`${name}: ${grouped(facts)} facts give ${grouped(days)} table days`);
    if (differences.length === 0) progress.say('every table day has the same rows and the same checksum');
    else {
      const rows = differences.map(({ subject, day, stored, rebuilt }) => [
        ...[subject, day, String(stored?.rows ?? '-'), String(rebuilt?.rows ?? '-')],
        dryRun ? 'differs' : 'replaced',
      ]);
      const right = { align: 'right' } as const;
      const titles = [
        { title: 'table' },
        { title: 'day' },
        { title: 'rows stored', ...right },
        { title: 'rows by facts', ...right },
        { title: '' },
      ];
      progress.say(textTable(titles, rows));
    }
    return saySetAside(made.setAside, progress) && differences.length === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Shows how many bytes of facts are read, once the total is known. */
function showBytes(progress: Progress, label: string) {
  let step: Step | undefined;
  return {
    reach: ({ bytesDone, bytes }: { readonly bytesDone: number; readonly bytes: number }) => {
      step ??= progress.start(label, Math.ceil(bytes / 1024), 'KiB');
      step.reach(Math.ceil(bytesDone / 1024));
    },
    end: () => step?.end(),
  };
}
