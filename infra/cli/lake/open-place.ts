import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lakeInBucket, localLake, type OpenBucket } from '../../../shared/aws/lake/lake-bucket.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { syncTables } from '../../../shared/lake/engine/sync-tables.ts';
import type { LakeStore } from '../../../shared/lake/lake-store.ts';
import { bucketOfStage } from './bucket-of-stage.ts';
import type { LakeWhere } from './lake-options.ts';

/** A lake that a command works on. */
export interface LakePlace {
  /** What messages call it. */
  readonly name: string;
  readonly store: LakeStore;
  /** The folder in which its tables can be asked, brought up to date. */
  askable(): Promise<string>;
}

/** Where the S3 of a local backend answers. */
const LOCAL_S3 = '/_local/s3';

/** Opens a lake. Throws an Error that says what to do where there is none. */
export async function openPlace(where: LakeWhere): Promise<LakePlace> {
  if (where.kind === 'folder') {
    const { folder } = where;
    return { name: folder, store: folderStore(folder), askable: async () => folder };
  }
  const { name, store } = await openBucket(where);
  const folder = join(where.dataDir, 'lake-copies', name);
  return {
    name,
    store,
    askable: async () => {
      await mkdir(folder, { recursive: true });
      await syncTables(store, folder);
      return folder;
    },
  };
}

async function openBucket(where: Exclude<LakeWhere, { kind: 'folder' }>): Promise<OpenBucket> {
  if (where.kind === 'bucket') return lakeInBucket(where.bucket);
  if (where.kind === 'stage') return lakeInBucket(await bucketOfStage(where.stage));
  const found = await localLake(`${where.url}${LOCAL_S3}`).catch(() => undefined);
  if (found === undefined)
    throw new Error(
      `no local backend with a lake answers at ${where.url}: start one with \`npm start\`, or name a folder with --folder`,
    );
  return found;
}

/** A folder of one run, in the temporary folder of the machine. */
export const workFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'entrepot-lake-'));
