import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { listen } from '../../../infra/local/front/http-listener.ts';
import { openObjectStore, s3Path } from '../../../infra/local/lake/object-store.ts';
import { createReportObjects } from '../../../shared/aws/reports/report-objects.ts';
import type { ProblemError } from '../../../shared/kernel/problem.ts';
import { runIdOf } from '../../../shared/reports/run/ports.ts';
import type { MadeReport, ReportQuestion } from '../../../shared/reports/run/report-run.ts';
import { sales } from '../../../shared/reports/sales/sales.ts';
import { answerLakeReport, type LakeReportDeps } from '../../../shared/runtime/lake-report-answer.ts';
import { memoryRuns } from '../../fakes/memory-runs.ts';

const question: ReportQuestion = {
  ...{ report: 'sales', period: '2026-11-28', periodKind: 'day', timeZone: 'Europe/Berlin', currency: 'EUR' },
  parameters: {},
};
const text = JSON.stringify({ figures: 'x'.repeat(500) });
const json = gzipSync(text);

const made = (over: Partial<MadeReport> = {}): MadeReport => ({
  ...{ version: 1, status: 'over', digest: 'd', source: 's', tookMs: 10, changes: [] },
  ...{ madeAt: '2026-11-29T02:00:00.000Z', checkedAt: '2026-11-29T02:00:00.000Z' },
  files: [{ form: 'json', key: 'reports/a', bytes: json.length, plainBytes: text.length, sha256: 'abc' }],
  ...over,
});

/** The route's dependencies, with a report that is stored or not, and what the queue was sent. */
async function setUp({
  stored,
  takes = true,
  files,
}: {
  stored?: MadeReport;
  takes?: boolean;
  files?: LakeReportDeps['files'];
} = {}) {
  const runs = memoryRuns();
  const sent: string[] = [];
  const askedAt = '2026-11-29T02:00:00.000Z';
  if (stored !== undefined)
    await runs.save({ run: { question, state: 'made', askedAt, attempts: 1, made: stored }, revision: 0 });
  const deps: LakeReportDeps = {
    ...{
      runs,
      maxInlineBytes: 200,
      maxWrittenBytes: 1_000,
      clock: () => new Date('2026-11-29T09:00:00.000Z'),
    },
    queue: {
      send: async (ids) => {
        if (!takes) return ids;
        sent.push(...ids.map(({ run }) => run));
        return [];
      },
    },
    choice: async () => ({ timeZone: 'Europe/Berlin', currency: 'EUR' }),
    files: files ?? {
      read: async () => json,
      addressOf: async (key, seconds) => `https://s3/${key}?for=${seconds}`,
    },
  };
  const ask = (
    query: Record<string, string>,
    { gzip = true, onlyStorefront = undefined as string | undefined } = {},
  ) => {
    const accepts = { csv: false, html: false, gzip, language: undefined };
    return answerLakeReport(sales, { query, accepts, onlyStorefront }, deps);
  };
  return { runs, sent, ask };
}

describe('a stored report', () => {
  it('is answered as it is stored to a caller that takes gzip', async () => {
    const { ask, sent } = await setUp({ stored: made() });
    const { status, bytes, headers } = await ask({ period: '2026-11-28' });
    expect([status, headers?.['content-encoding'], headers?.etag]).toEqual([200, 'gzip', '"abc"']);
    expect(gunzipSync(bytes ?? new Uint8Array()).toString()).toBe(text);
    expect(sent).toEqual([]);
  });

  it('is answered by S3 where it is too large for an answer, compressed or not', async () => {
    const { ask } = await setUp({ stored: made() });
    // 500 characters are more than the limit, and compressed they are less.
    expect(await ask({ period: '2026-11-28' }, { gzip: false })).toMatchObject({
      status: 303,
      headers: { location: 'https://s3/reports/a?for=300' },
    });
  });
});

describe('a large stored report', () => {
  it('is fetched from the local bucket at the address of the answer, compressed as it is stored', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'entrepot-large-report-'));
    const bucket = { ref: 'shop-lake', logicalId: 'Lake', stack: 'Shop', type: 'AWS::S3::Bucket' };
    const store = await openObjectStore([{ ...bucket, properties: {}, attributes: {} }], {
      ...{ dataDir, log: () => undefined },
    });
    const server = await listen(
      async (request, response) => store.mount.handle(request, response),
      0,
      () => undefined,
    );
    try {
      const endpoint = `${server.url.replace(/\/$/, '')}${s3Path}`;
      const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
      const objects = createReportObjects(
        'shop-lake',
        new S3Client({ endpoint, region: 'eu-central-1', forcePathStyle: true, credentials }),
      );
      const [{ key }] = made().files as [MadeReport['files'][number]];
      await objects.write(key, { bytes: json, contentType: 'application/json' });
      // A tag is no content.
      await objects.markReplaced(key);
      const { ask } = await setUp({ stored: made(), files: objects });

      const redirect = await ask({ period: '2026-11-28' }, { gzip: false });
      expect(redirect.status).toBe(303);
      const location = redirect.headers?.location ?? '';
      expect(new URL(location).searchParams.get('X-Amz-Expires')).toBe('300');
      // Without the signature nobody gets it.
      expect((await fetch(location.split('?')[0] ?? '')).status).toBe(403);
      const found = await fetch(location);
      expect(Object.fromEntries(found.headers)).toMatchObject({
        ...{ 'content-type': 'application/json', 'content-encoding': 'gzip' },
        'content-length': String(json.length),
      });
      // The client unpacks it.
      expect(await found.text()).toBe(text);
    } finally {
      await server.stop();
      await store.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});

describe('a report that is asked for', () => {
  it('is sent to the queue once, whoever asks meanwhile', async () => {
    const { ask, sent } = await setUp();
    for (const _reader of [1, 2]) {
      const { status, headers } = await ask({ period: '2026-11-28' });
      expect([status, headers?.['retry-after']]).toEqual([202, '5']);
    }
    expect(sent).toEqual([runIdOf(question).run]);
  });

  it('is made anew where it was provisional, after 15 minutes or after its end', async () => {
    const provisional = made({ version: 0, status: 'running' });
    const { ask, sent } = await setUp({ stored: provisional });
    expect((await ask({ period: '2026-11-28' })).status).toBe(202);
    expect(sent).toHaveLength(1);
  });

  it('is refused for the moment where the queue takes nothing', async () => {
    const { ask } = await setUp({ takes: false });
    const refusal = await ask({ period: '2026-11-28' }).catch((error: unknown) => error);
    expect((refusal as ProblemError).problem).toMatchObject({ status: 503, retryAfterSeconds: 5 });
  });

  it('of one storefront is another run than that of the merchant', async () => {
    const { ask, sent } = await setUp({ stored: made() });
    expect((await ask({ period: '2026-11-28' }, { onlyStorefront: 'tea' })).status).toBe(202);
    expect(sent).toHaveLength(1);
    expect(sent[0]).not.toBe(runIdOf(question).run);
    const refusal = await ask({ period: '2026-11-28', storefrontId: 'x' }, { onlyStorefront: 'tea' }).catch(
      (error: unknown) => error,
    );
    expect((refusal as ProblemError).problem).toMatchObject({ status: 403, code: 'other-storefront' });
  });
});
