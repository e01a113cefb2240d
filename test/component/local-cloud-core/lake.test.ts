import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { build } from 'esbuild';
import { afterEach, describe, expect, test } from 'vitest';
import { BUNDLE_SETTINGS, ROOT } from '../../../infra/constructs/bundle-settings.ts';
import type { Resource } from '../../../infra/local/cloud-parts.ts';
import { openDeliveryStreams } from '../../../infra/local/lake/delivery-streams.ts';
import { type ObjectStore, openObjectStore } from '../../../infra/local/lake/object-store.ts';
import { type LocalCloud, startLocalCloud } from '../../../infra/local/start-local-cloud.ts';
import { functionResource, makeAssembly, newDataDir } from './make-assembly.ts';

const resource = (type: string, ref: string, properties: Record<string, unknown> = {}): Resource => ({
  ...{ logicalId: ref, stack: 'Shop', type, properties, ref, attributes: {} },
});

const destination = (over: object = {}) => ({
  DeliveryStreamType: 'DirectPut',
  ExtendedS3DestinationConfiguration: {
    BucketARN: 'arn:aws:s3:::shop-lake',
    Prefix: 'facts/received=!{timestamp:yyyy-MM-dd}/',
    FileExtension: '.ndjson.gz',
    CompressionFormat: 'GZIP',
    BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 128 },
    ...over,
  },
});

const resources = [
  resource('AWS::S3::Bucket', 'shop-lake'),
  resource('AWS::KinesisFirehose::DeliveryStream', 'Facts', destination()),
];

const log = () => undefined;

/** The delivery streams over a store of objects, as a process has them. */
async function open(dataDir: string, over: { objects?: Pick<ObjectStore, 'put'>; strikes?: string[] } = {}) {
  const objects = await openObjectStore(resources, { dataDir, log });
  const observed: number[] = [];
  const metered: number[] = [];
  const streams = openDeliveryStreams(
    {
      ...{ resources, dataDir, log },
      observe: (_metric, value) => void observed.push(value),
      tally: () => undefined,
      meter: (_unit, count) => void metered.push(count),
      strike: (fault) => over.strikes?.includes(fault) === true,
    },
    over.objects ?? objects,
    60_000,
  );
  const put = (text: string) =>
    streams.operations['Firehose_20150804.PutRecord']?.({
      DeliveryStreamName: 'Facts',
      Record: { Data: Buffer.from(text).toString('base64') },
    });
  return { streams, put, observed, metered };
}

const objectsFolder = (dataDir: string) => join(dataDir, 's3/buckets/shop-lake/objects');
const filesIn = (dataDir: string) =>
  readdirSync(objectsFolder(dataDir), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.data'),
  );
const contents = (dataDir: string) =>
  filesIn(dataDir).map((name) => gunzipSync(readFileSync(join(objectsFolder(dataDir), name))).toString());

describe('a delivery stream', () => {
  test('joins records as they are, and writes an object by the day of arrival', async () => {
    const dataDir = newDataDir();
    const { streams, put, observed, metered } = await open(dataDir);
    put('one\n');
    put('two\n');
    await streams.stop();

    expect(contents(dataDir)).toEqual(['one\ntwo\n']);
    const today = new Date().toISOString().slice(0, 10);
    expect(filesIn(dataDir)[0]).toMatch(
      new RegExp(
        `^facts/received=${today}/Facts-1-${today}-\\d\\d-\\d\\d-\\d\\d-[0-9a-f-]{36}\\.ndjson\\.gz\\.data$`,
      ),
    );
    expect(observed).toHaveLength(1);
    expect(metered).toEqual([5_120, 5_120]);
  });

  test('of a killed process is continued by the next one, without a record lost or doubled', async () => {
    const dataDir = newDataDir();
    const killed = await open(dataDir);
    killed.put('kept\n');
    // Nothing is stopped: what it took is on disk.
    const next = await open(dataDir);
    next.put('new\n');
    await next.streams.stop();

    expect(contents(dataDir).toSorted()).toEqual(['kept\n', 'new\n']);
  });

  test('that was killed between the object and the end of its records writes the object again', async () => {
    const dataDir = newDataDir();
    const { streams, put } = await open(dataDir);
    put('once\n');
    const folder = join(dataDir, 'delivery-streams/Facts');
    const [file = ''] = readdirSync(folder);
    const records = readFileSync(join(folder, file));
    await streams.flush();
    writeFileSync(join(folder, file), records);
    await (await open(dataDir)).streams.flush();

    expect(contents(dataDir)).toEqual(['once\n']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('keeps records while the bucket takes none, and says how old they are', async () => {
    const dataDir = newDataDir();
    let isDown = true;
    const taken: string[] = [];
    const objects = {
      put: (_bucket: string, key: string) => {
        if (isDown) throw new Error('no space left');
        taken.push(key);
      },
    };
    const { streams, put, observed } = await open(dataDir, { objects });
    put('patient\n');
    await expect(streams.flush()).rejects.toThrow('no space left');
    await expect(streams.flush()).rejects.toThrow('no space left');
    isDown = false;
    await streams.flush();

    expect(taken).toHaveLength(1);
    expect(observed).toHaveLength(3);
    await streams.stop();
  });

  test('that is throttled, unknown or given too much refuses as Firehose does', async () => {
    const dataDir = newDataDir();
    const throttled = await open(dataDir, { strikes: ['throttle'] });
    expect(() => throttled.put('x')).toThrow(
      expect.objectContaining({ code: 'ServiceUnavailableException' }),
    );
    const { put, streams } = await open(dataDir);
    expect(() => put('x'.repeat(1_024_001))).toThrow(
      expect.objectContaining({ code: 'ValidationException' }),
    );
    const unknown = { DeliveryStreamName: 'Other', Record: { Data: 'eA==' } };
    expect(() => streams.operations['Firehose_20150804.PutRecord']?.(unknown)).toThrow(
      expect.objectContaining({ code: 'ResourceNotFoundException' }),
    );
  });

  test('of another kind, or with an expression that is not known, stops the start', () => {
    const start = (properties: Record<string, unknown>) =>
      openDeliveryStreams(
        {
          resources: [resource('AWS::KinesisFirehose::DeliveryStream', 'Facts', properties)],
          ...{
            dataDir: newDataDir(),
            log,
            observe: log,
            tally: () => undefined,
            meter: log,
            strike: () => false,
          },
        },
        { put: log },
        1_000,
      );
    expect(() => start({ ...destination(), DeliveryStreamType: 'KinesisStreamAsSource' })).toThrow('Facts');
    expect(() => start(destination({ Prefix: 'facts/!{timestamp:HH}/' }))).toThrow('expression');
  });
});

describe('the store of objects', () => {
  test('starts although the last process was killed while it wrote an object', async () => {
    const dataDir = newDataDir();
    const { put, streams } = await open(dataDir);
    put('whole\n');
    await streams.stop();
    const folder = objectsFolder(dataDir);
    mkdirSync(join(folder, 'facts'), { recursive: true });
    writeFileSync(join(folder, 'facts/half.meta.json'), '{"key":"facts/half"');
    truncateSync(join(folder, 'facts/half.meta.json'), 9);

    const objects = await openObjectStore(resources, { dataDir, log });
    objects.put('shop-lake', 'facts/half', Buffer.from('whole again'));
    expect(readFileSync(join(folder, 'facts/half.data'), 'utf8')).toBe('whole again');
  });
});

describe('in a running cloud', () => {
  let cloud: LocalCloud | undefined;
  afterEach(() => cloud?.stop());

  const template = {
    Lake: { Type: 'AWS::S3::Bucket' },
    Delivery: {
      Type: 'AWS::KinesisFirehose::DeliveryStream',
      Properties: { ...destination({ BucketARN: { 'Fn::GetAtt': ['Lake', 'Arn'] } }) },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
    },
  };
  const region = 'eu-central-1';
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

  test('the SDK puts a record, and its object is read over S3 by signed calls alone', async () => {
    cloud = await startLocalCloud({
      assemblyDir: makeAssembly(template),
      dataDir: newDataDir(),
      port: 0,
      log,
    });
    const firehose = new FirehoseClient({ endpoint: cloud.awsUrl, region, credentials });
    const Record = { Data: Buffer.from('from the SDK\n') };
    await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'Shop-Delivery', Record }));
    firehose.destroy();
    await cloud.flush();

    const list = `${cloud.url}/_local/s3/shop-lake?list-type=2`;
    expect((await fetch(list)).status).toBe(403);
    const authorization = 'AWS4-HMAC-SHA256 Credential=local';
    const text = await (await fetch(list, { headers: { authorization } })).text();
    const key = /<Key>([^<]+)<\/Key>/.exec(text)?.[1] ?? '';
    const object = await fetch(`${cloud.url}/_local/s3/shop-lake/${key}`, { headers: { authorization } });
    expect(gunzipSync(Buffer.from(await object.arrayBuffer())).toString()).toBe('from the SDK\n');
  });

  test('a function puts and gets objects, although it calls other services by messages', async () => {
    const folder = mkdtempSync(join(ROOT, 'node_modules/.cache/lake-test-'));
    const file = join(folder, 'index.mjs');
    const contents = `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const handler = async ({ Bucket, text }) => {
  await client.send(new PutObjectCommand({ Bucket, Key: 'tables/one', Body: Buffer.from(text) }));
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'tables/one' }));
  return await Body.transformToString();
};`;
    const alias = {
      ...BUNDLE_SETTINGS.alias,
      '@smithy/node-http-handler': join(ROOT, 'infra/local/lambda/thread-http-handler.ts'),
    };
    await build({ ...BUNDLE_SETTINGS, alias, outfile: file, stdin: { contents, resolveDir: ROOT } });
    const assemblyDir = makeAssembly(
      { ...template, Worker: functionResource('worker', { Timeout: 20 }) },
      { worker: 'export const handler = () => undefined;' },
    );
    try {
      const files = new Map([['worker', file]]);
      cloud = await startLocalCloud({ assemblyDir, dataDir: newDataDir(), port: 0, log, files });
      const text = 'rows, and ümlauts';
      const answer = await cloud.invoke('worker', { Bucket: 'shop-lake', text });
      expect(answer).toMatchObject({ payload: text });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a type that the lake does not need is refused as ever', async () => {
    const assemblyDir = makeAssembly({ ...template, Job: { Type: 'AWS::Glue::Job' } });
    await expect(startLocalCloud({ assemblyDir, dataDir: newDataDir(), port: 0, log })).rejects.toThrow(
      'AWS::Glue::Job',
    );
    const versioned = { Lake: { Type: 'AWS::S3::Bucket', Properties: { ReplicationConfiguration: {} } } };
    await expect(
      startLocalCloud({ assemblyDir: makeAssembly(versioned), dataDir: newDataDir(), port: 0, log }),
    ).rejects.toThrow('ReplicationConfiguration');
  });
});
