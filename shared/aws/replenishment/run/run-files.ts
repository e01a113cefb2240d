import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { RunFiles } from '../../../replenishment/run/ports.ts';
import { lakeClient } from '../../lake/s3-store.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** The files of runs in the lake's bucket: lines of JSON, compressed with gzip. Throws where S3 does not answer. */
export function createRunFiles(bucket: string, client = lakeClient()): RunFiles {
  return {
    async write(Key, lines) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const Body = await zip(text);
      await client.send(
        new PutObjectCommand({
          ...{ Bucket: bucket, Key, Body, ContentLength: Body.length },
          ContentType: 'application/x-ndjson',
        }),
      );
    },
    async read(Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const bytes = await Body?.transformToByteArray();
      if (bytes === undefined) throw new Error(`the file ${Key} of a run is empty`);
      const text = (await unzip(bytes)).toString('utf8');
      return text.split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]));
    },
  };
}
