import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LakeStore } from '../lake-store.ts';
import type { EngineLimits } from './open-engine.ts';
import { type Lake, openLake } from './open-lake.ts';
import type { IsWanted } from './sync-tables.ts';
import { syncWhole } from './sync-whole.ts';

/** A copy of some tables of a lake that can be asked. */
export interface OpenCopy {
  readonly ask: Lake['ask'];
  readonly stream: Lake['stream'];
  readonly unreadSince: Lake['unreadSince'];
  /** How many of the days hold a part of a change: a run changed them and did not end while they were copied. */
  readonly daysInChange: number;
  /** Ends it, and removes the copy. */
  readonly close: () => Promise<void>;
}

interface CopyFrom {
  readonly store: LakeStore;
  readonly limits: EngineLimits;
}

/**
 * Copies the wanted days of the tables into the temporary folder of the machine, and opens them. Says how
 * many of them a run was changing meanwhile. Throws where the store does not answer.
 */
export async function openCopy({ store, limits }: CopyFrom, isWanted: IsWanted): Promise<OpenCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-tables-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const daysInChange = await syncWhole(store, folder, isWanted);
    const lake = await openLake({ folder, limits });
    return {
      ask: lake.ask,
      stream: lake.stream,
      unreadSince: lake.unreadSince,
      daysInChange,
      close: async () => {
        lake.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
