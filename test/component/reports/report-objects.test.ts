import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { listen, readBody } from '../../../infra/local/front/http-listener.ts';
import { createReportObjects, type ReportObjects } from '../../../shared/aws/reports/report-objects.ts';

const key = 'reports/sales/2026-11-28/America/Argentina/Buenos_Aires/EUR/all/d/report.json.gz';
const bytes = gzipSync('{"figures":1}');
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

let s3: Awaited<ReturnType<typeof startFauxqs>>;
let objects: ReportObjects;
beforeAll(async () => {
  s3 = await startFauxqs({ port: 0, logger: false });
  const client = new S3Client({
    endpoint: s3.address,
    region: 'eu-central-1',
    forcePathStyle: true,
    credentials,
  });
  await client.send(new CreateBucketCommand({ Bucket: 'lake' }));
  objects = createReportObjects('lake', client);
});
afterAll(() => s3.stop());

describe('a file of a report', () => {
  it('is read as it was written; there is nothing where none was', async () => {
    await objects.write(key, { bytes, contentType: 'application/json' });
    expect(Buffer.from((await objects.read(key)) ?? [])).toEqual(bytes);
    expect(await objects.read('reports/other')).toBeUndefined();
  });

  it('gets a tag where another version replaced it', async () => {
    const calls: string[] = [];
    const server = await listen(
      async (request, response) => {
        const body = await readBody(request, 10_000);
        calls.push(`${request.method} ${request.url} ${body}`);
        response.writeHead(200).end();
      },
      0,
      () => undefined,
    );
    const endpoint = server.url.replace(/\/$/, '');
    const client = new S3Client({ endpoint, region: 'eu-central-1', forcePathStyle: true, credentials });
    await createReportObjects('lake', client).markReplaced(key);
    await server.stop();
    expect(calls).toHaveLength(1);
    expect(calls[0]).toContain(`PUT /lake/${key}?tagging`);
    expect(calls[0]).toContain('<TagSet><Tag><Key>replaced</Key><Value>true</Value></Tag></TagSet>');
  });

  it('is answered at its address by S3, with its type and its compression, and without credentials', async () => {
    await objects.write(key, { bytes, contentType: 'application/json' });
    const answer = await fetch(await objects.addressOf(key, 300));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    // The client unpacks what says that it is compressed.
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.json()).toEqual({ figures: 1 });
  });
});

describe('the address of a file', () => {
  afterEach(() => vi.useRealTimers());

  it('has the signature of the example that Amazon publishes', async () => {
    // Amazon S3 API reference, "Authenticating requests: using query parameters", example of 24 May 2013.
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2013-05-24T00:00:00.000Z') });
    const example = {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    };
    const endpoint = 'https://s3.amazonaws.com';
    const client = new S3Client({ region: 'us-east-1', endpoint, credentials: example });
    const url = new URL(await createReportObjects('examplebucket', client).addressOf('test.txt', 86_400));
    expect(url.origin + url.pathname).toBe('https://examplebucket.s3.amazonaws.com/test.txt');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    });
  });

  it('is of the bucket in its region', async () => {
    const client = new S3Client({ region: 'eu-central-1', credentials });
    const url = new URL(await createReportObjects('lake', client).addressOf(key, 300));
    expect(url.origin + url.pathname).toBe(`https://lake.s3.eu-central-1.amazonaws.com/${key}`);
  });
});
