import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localLake } from '../../../shared/aws/lake/lake-bucket.ts';
import { s3Store } from '../../../shared/aws/lake/s3-store.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { syncTables } from '../../../shared/lake/engine/sync-tables.ts';
import type { LakeObject, LakeStore } from '../../../shared/lake/lake-store.ts';

let folder: string;
let s3: Awaited<ReturnType<typeof startFauxqs>>;
const stores: Record<string, LakeStore> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-store-'));
  s3 = await startFauxqs({ port: 0, logger: false });
  const client = new S3Client({
    endpoint: s3.address,
    ...{ region: 'eu-central-1', forcePathStyle: true },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(new CreateBucketCommand({ Bucket: 'lake' }));
  stores.folder = folderStore(join(folder, 'bucket'));
  stores.s3 = s3Store('lake', client);
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});

async function listed(objects: AsyncIterable<LakeObject>): Promise<LakeObject[]> {
  const all: LakeObject[] = [];
  for await (const object of objects) all.push(object);
  return all;
}

describe.each(['folder', 's3'])('a lake in a bucket of kind %s', (kind) => {
  const store = () => stores[kind] as LakeStore;

  it('is empty at first', async () => {
    expect(await listed(store().list('facts/'))).toEqual([]);
    expect(await store().read('tables/v1/compacted.json')).toBeUndefined();
    expect(await store().fetch('facts/a', join(folder, 'a'))).toBe(false);
    await store().remove('facts/a');
  });

  it('gives what was stored, in the order of the keys', async () => {
    const file = join(folder, 'given');
    await writeFile(file, 'content of a');
    await store().store('facts/received=2026-11-23/a', file);
    await store().write('facts/received=2026-11-24/b', 'b');
    await store().write('tables/v1/compacted.json', '{}');

    expect(await store().read('tables/v1/compacted.json')).toBe('{}');
    expect(await store().fetch('facts/received=2026-11-23/a', join(folder, 'copy'))).toBe(true);
    expect(await readFile(join(folder, 'copy'), 'utf8')).toBe('content of a');
    const facts = await listed(store().list('facts/'));
    expect(facts.map(({ key, bytes }) => [key, bytes])).toEqual([
      ['facts/received=2026-11-23/a', 12],
      ['facts/received=2026-11-24/b', 1],
    ]);
    const after = await listed(store().list('facts/', 'facts/received=2026-11-24'));
    expect(after.map(({ key }) => key)).toEqual(['facts/received=2026-11-24/b']);
  });

  it('says whether the content has changed, and forgets what was removed', async () => {
    await store().write('reports/a', 'one');
    const [before] = await listed(store().list('reports/'));
    await store().write('reports/a', 'other');
    const [changed] = await listed(store().list('reports/'));
    await store().remove('reports/a');

    expect(changed?.tag).not.toBe(before?.tag);
    expect(await listed(store().list('reports/'))).toEqual([]);
  });
});

describe('a copy of the tables', () => {
  it('has what the store has, and copies what has changed', async () => {
    const found = await localLake(s3.address);
    const store = found?.store as LakeStore;
    const copy = join(folder, 'copy-of-tables');
    const files = async () =>
      (await readdir(copy, { recursive: true })).filter((name) => name.endsWith('.parquet')).sort();
    const put = (subject: string, day: string, text: string) =>
      store.write(`tables/v1/${subject}/day=${day}/rows.parquet`, text);
    await put('orders', '2026-11-23', 'one');
    await put('orders', '2026-11-24', 'two');
    await put('lines', '2026-11-24', 'three');

    await syncTables(store, copy, ({ subject, day }) => subject === 'orders' && day >= '2026-11-24');
    expect(await files()).toEqual(['tables/v1/orders/day=2026-11-24/rows.parquet']);
    await syncTables(store, copy);
    expect((await files()).length).toBe(3);

    await put('orders', '2026-11-23', 'changed');
    await store.remove('tables/v1/lines/day=2026-11-24/rows.parquet');
    await writeFile(join(copy, 'tables/v1/orders/day=2026-11-24/rows.parquet'), 'not copied again');
    await syncTables(store, copy);
    expect(await files()).toEqual([
      'tables/v1/orders/day=2026-11-23/rows.parquet',
      'tables/v1/orders/day=2026-11-24/rows.parquet',
    ]);
    expect(await readFile(join(copy, 'tables/v1/orders/day=2026-11-23/rows.parquet'), 'utf8')).toBe(
      'changed',
    );
    expect(await readFile(join(copy, 'tables/v1/orders/day=2026-11-24/rows.parquet'), 'utf8')).toBe(
      'not copied again',
    );
  });
});
