import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import type { LakeStore } from '../../lake/lake-store.ts';
import { REQUEST_LIMITS } from '../request-limits.ts';

/** An object of a day may be hundreds of megabytes. The limit is for a connection on which nothing moves. */
const IDLE_TIMEOUT_MS = 60_000;

/** The client of the lake's bucket; `endpoint` is that of the S3 of a local backend. */
export const lakeClient = (endpoint?: string): S3Client =>
  new S3Client({
    maxAttempts: 5,
    requestHandler: { ...REQUEST_LIMITS, requestTimeout: IDLE_TIMEOUT_MS },
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });

/** The bucket of the lake. Every method throws where S3 does not answer or refuses. */
export function s3Store(bucket: string, client = lakeClient()): LakeStore {
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  return {
    async *list(prefix, after) {
      const pages = paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: prefix, ...(after === undefined ? {} : { StartAfter: after }) },
      );
      for await (const { Contents = [] } of pages)
        for (const { Key = '', Size = 0, ETag = '' } of Contents) yield { key: Key, bytes: Size, tag: ETag };
    },
    read: (key) =>
      whereItExists(async () => {
        const { Body } = await client.send(new GetObjectCommand(at(key)));
        return Body?.transformToString();
      }),
    write: async (key, text) => {
      await client.send(new PutObjectCommand({ ...at(key), Body: text, ContentType: 'application/json' }));
    },
    fetch: async (key, file) => {
      const fetched = await whereItExists(async () => {
        const { Body } = await client.send(new GetObjectCommand(at(key)));
        await pipeline(Body as Readable, createWriteStream(file));
        return true;
      });
      return fetched === true;
    },
    store: async (key, file) => {
      const { size } = await stat(file);
      await client.send(
        new PutObjectCommand({ ...at(key), Body: createReadStream(file), ContentLength: size }),
      );
    },
    remove: async (key) => {
      await client.send(new DeleteObjectCommand(at(key)));
    },
  };
}

/** What `read` gives; undefined where the object does not exist. */
async function whereItExists<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
