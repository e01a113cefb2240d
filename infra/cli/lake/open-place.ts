import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTable, type Table, tableClient } from '../../../shared/aws/clients.ts';
import { lakeInBucket, localLake } from '../../../shared/aws/lake/lake-bucket.ts';
import { createLease, type Lease } from '../../../shared/aws/lease.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { syncTables } from '../../../shared/lake/engine/sync-tables.ts';
import type { LakeStore } from '../../../shared/lake/lake-store.ts';
import type { LakeWhere } from './lake-options.ts';
import { outputsOfStage } from './stage-outputs.ts';

/** A lake that a command works on. */
export interface LakePlace {
  /** What messages call it. */
  readonly name: string;
  readonly store: LakeStore;
  /** The table of the backend whose lake it is. A folder and a bucket alone have none. */
  readonly table?: Table;
  /** The lease of the function that makes the tables of the backend. */
  readonly lease?: Lease;
  /** The folder in which its tables can be asked, brought up to date. */
  askable(): Promise<string>;
}

/** Where the S3 and the table of a local backend answer. */
const LOCAL_S3 = '/_local/s3';
const LOCAL_TABLE = '/_local/dynamodb';

/** Opens a lake. Throws an Error that says what to do where there is none. */
export async function openPlace(where: LakeWhere): Promise<LakePlace> {
  if (where.kind === 'folder') {
    const { folder } = where;
    return { name: folder, store: folderStore(folder), askable: async () => folder };
  }
  const opened = await openBucket(where);
  const folder = join(where.dataDir, 'lake-copies', opened.name);
  return {
    ...opened,
    askable: async () => {
      await mkdir(folder, { recursive: true });
      await syncTables(opened.store, folder);
      return folder;
    },
  };
}

async function openBucket(
  where: Exclude<LakeWhere, { kind: 'folder' }>,
): Promise<Omit<LakePlace, 'askable'>> {
  if (where.kind === 'bucket') return lakeInBucket(where.bucket);
  if (where.kind === 'stage') {
    const { bucket, table } = await outputsOfStage(where.stage);
    return { ...lakeInBucket(bucket), ...ofTable(openTable(table), where.stage) };
  }
  const found = await localLake(`${where.url}${LOCAL_S3}`).catch(() => undefined);
  if (found === undefined)
    throw new Error(
      `no local backend with a lake answers at ${where.url}: start one with \`npm start\`, or name a folder with --folder`,
    );
  const client = tableClient({
    endpoint: `${where.url}${LOCAL_TABLE}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return { ...found, ...ofTable({ client, name: 'entrepot-local' }, 'local') };
}

const ofTable = (table: Table, stage: string): Required<Pick<LakePlace, 'table' | 'lease'>> => ({
  table,
  lease: createLease(table, `entrepot-${stage}-ReportsEveryHourCompactLake`),
});

/** A folder of one run, in the temporary folder of the machine. */
export const workFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'entrepot-lake-'));
