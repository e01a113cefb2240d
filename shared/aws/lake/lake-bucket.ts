import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import type { LakeStore } from '../../lake/lake-store.ts';
import { s3Store } from './s3-store.ts';

/** A bucket of a lake that is open. */
export interface OpenBucket {
  readonly name: string;
  readonly store: LakeStore;
}

/**
 * The lake of a local backend whose S3 answers at the address. Undefined where it has no such bucket. Throws where
 * nothing answers.
 */
export async function localLake(endpoint: string): Promise<OpenBucket | undefined> {
  const client = new S3Client({
    endpoint,
    ...{ region: 'local', forcePathStyle: true, maxAttempts: 2 },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  const name = Buckets.map(({ Name = '' }) => Name).find((each) => /lake/i.test(each));
  return name === undefined ? undefined : { name, store: s3Store(name, client) };
}

/** The bucket of that name, with the region and the credentials of the environment. */
export const lakeInBucket = (name: string): OpenBucket => ({ name, store: s3Store(name) });
