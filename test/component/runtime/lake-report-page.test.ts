import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ReportAnswer } from '../../../shared/reports/answer/report-answer.ts';
import { chartSvg } from '../../../shared/reports/page/chart-svg.ts';
import { reportPage } from '../../../shared/reports/page/report-page.ts';
import { reportFiles } from '../../../shared/reports/run/report-files.ts';
import type { MadeReport, ReportQuestion } from '../../../shared/reports/run/report-run.ts';
import { sales } from '../../../shared/reports/sales/sales.ts';
import { answerLakeReport, type LakeReportDeps } from '../../../shared/runtime/lake-report-answer.ts';
import { memoryRuns } from '../../fakes/memory-runs.ts';

const question: ReportQuestion = {
  ...{ report: 'sales', period: '2026-11-28', periodKind: 'day', timeZone: 'Europe/Berlin', currency: 'EUR' },
  parameters: {},
};

const { 'by-day': byDay, 'by-market': byMarket } = sales.tables;
const figures = (units: number) => ({
  ...{ orders: 1, units, gross: { amountMinor: 123_456_789, currency: 'EUR' } as const },
});
const answer: ReportAnswer = {
  ...{ report: 'sales', title: sales.title, says: sales.says, status: 'over' },
  ...{ period: '2026-11-28', periodKind: 'day', timeZone: 'Europe/Berlin', currency: 'EUR' },
  ...{ from: '2026-11-27T23:00:00.000Z', to: '2026-11-28T23:00:00.000Z' },
  tables: [
    {
      ...{ name: 'by-day', title: byDay?.title ?? '', columns: byDay?.columns ?? {} },
      rows: [{ day: '2026-11-28', ...figures(1_234_567) }],
    },
    {
      ...{ name: 'by-market', title: byMarket?.title ?? '', columns: byMarket?.columns ?? {} },
      rows: [{ market: 'DE', ...figures(7) }],
    },
  ],
  charts: sales.charts,
  notCounted: [{ code: 'no-rate', says: 'orders have no rate', count: 12_345 }],
};

/** A stored report and what a reader of the page is answered. */
async function setUp(over: Partial<Pick<LakeReportDeps, 'maxInlineBytes' | 'maxWrittenBytes'>> = {}) {
  const { digest, files } = reportFiles(question, answer);
  const made: MadeReport = {
    ...{ version: 3, status: 'over', digest, source: 's', tookMs: 10, changes: [] },
    ...{ madeAt: '2026-11-29T02:00:00.000Z', checkedAt: '2026-11-29T02:00:00.000Z' },
    files: files.map(({ file }) => file),
  };
  const objects = new Map(files.map(({ file, content }) => [file.key, content.bytes]));
  const runs = memoryRuns();
  const askedAt = '2026-11-29T02:00:00.000Z';
  await runs.save({ run: { question, state: 'made', askedAt, attempts: 1, made }, revision: 0 });
  const deps: LakeReportDeps = {
    ...{ runs, clock: () => new Date('2026-11-29T09:00:00.000Z') },
    ...{ maxInlineBytes: 4_000_000, maxWrittenBytes: 32_000_000, ...over },
    queue: { send: async () => [] },
    choice: async () => ({ timeZone: 'Europe/Berlin', currency: 'EUR' }),
    files: { read: async (key) => objects.get(key), addressOf: async (key) => `https://s3/${key}` },
  };
  const ask = async (
    language: string | undefined,
    { gzip = true, form = 'html' }: { gzip?: boolean; form?: 'html' | 'json' | 'csv' } = {},
  ) => {
    const accepts = { csv: form === 'csv', html: form === 'html', gzip, language };
    const answered = await answerLakeReport(
      sales,
      { query: { period: '2026-11-28' }, accepts, onlyStorefront: undefined },
      deps,
    );
    const bytes = answered.bytes ?? new Uint8Array();
    const isPacked = answered.headers?.['content-encoding'] === 'gzip';
    return { ...answered, text: Buffer.from(isPacked ? gunzipSync(bytes) : bytes).toString('utf8') };
  };
  return { ask, objects };
}

describe('the page of a stored report', () => {
  // 1,234,567.89 of EUR, 1,234,567 units, the 28th of November, and Germany, as CLDR writes them.
  it.each([
    ['de', 'ltr', ['1.234.567,89\u00a0€', '1.234.567<', '28.11.2026', 'Deutschland', '12.345<']],
    ['fr', 'ltr', ['1\u202f234\u202f567,89\u00a0€', '1\u202f234\u202f567<', '28 nov. 2026', 'Allemagne']],
    ['ar-EG', 'rtl', ['١٬٢٣٤٬٥٦٧٫٨٩', '١٬٢٣٤٬٥٦٧<', '٢٨', 'ألمانيا', '١٢٬٣٤٥<']],
    ['hi', 'ltr', ['€12,34,567.89', '12,34,567<', '28 नव॰ 2026', 'जर्मनी', '12,345<']],
    ['ja', 'ltr', ['€1,234,567.89', '1,234,567<', '2026/11/28', 'ドイツ', '12,345<']],
    ['he', 'rtl', ['1,234,567.89', 'גרמניה']],
  ])('is in the numbers, dates and countries of %s, written from %s', async (locale, direction, texts) => {
    const { ask } = await setUp();
    const { status, headers, text } = await ask(`${locale}, en;q=0.5`);

    expect(status).toBe(200);
    expect(text).toContain(`<html lang="en" dir="${direction}">`);
    for (const each of texts) expect(text).toContain(each);
    expect(headers).toMatchObject({
      ...{ vary: 'accept, accept-encoding, accept-language', 'content-language': locale },
      ...{ 'content-type': 'text/html; charset=utf-8', 'report-version': '3', 'report-status': 'over' },
    });
    expect(headers?.['content-security-policy']).toContain("default-src 'none'");
  });

  it('is what the report itself gives in that locale, with its pictures', async () => {
    const { ask } = await setUp();
    const { text } = await ask('de');
    expect(text).toBe(reportPage(answer, 'de', chartSvg));
    expect(text).toContain('<svg ');
  });

  it('has another tag in another locale, and is the same for a reader without gzip', async () => {
    const { ask } = await setUp();
    const [german, french, plain] = [await ask('de'), await ask('fr'), await ask('de', { gzip: false })];
    expect(german.headers?.etag).not.toBe(french.headers?.etag);
    expect([plain.headers?.etag, plain.text]).toEqual([german.headers?.etag, german.text]);
    expect(plain.headers).not.toHaveProperty('content-encoding');
  });

  it.each([undefined, '*', 'en', 'en-US, de;q=0.9', 'no tag at all'])(
    'is the stored one in English for %s',
    async (language) => {
      const { ask } = await setUp();
      const { headers, text } = await ask(language);
      expect(text).toBe(reportPage(answer, 'en', chartSvg));
      expect(headers).toMatchObject({
        ...{ 'content-language': 'en', vary: 'accept, accept-encoding, accept-language' },
      });
    },
  );

  it('is the stored one where the report is too large to be written again', async () => {
    const { ask } = await setUp({ maxWrittenBytes: 100 });
    const { status, headers, text } = await ask('de');
    expect([status, headers?.['content-language']]).toEqual([200, 'en']);
    expect(text).toContain('€1,234,567.89');
  });

  it('is the stored one, from the bucket, where the page is too large for an answer', async () => {
    const { ask } = await setUp({ maxInlineBytes: 100 });
    const { status, headers } = await ask('de');
    expect([status, headers?.['content-language']]).toEqual([303, 'en']);
    expect(headers?.location).toMatch(/report\.html\.gz$/);
  });

  it('fails where the stored figures are gone', async () => {
    const { ask, objects } = await setUp();
    for (const key of objects.keys()) if (key.endsWith('.json.gz')) objects.delete(key);
    await expect(ask('de')).rejects.toThrow('is gone');
  });
});

describe('the other forms of a stored report', () => {
  it.each(['json', 'csv'] as const)('%s is the same in every locale', async (form) => {
    const { ask } = await setUp();
    const [german, none] = [await ask('de', { form }), await ask(undefined, { form })];
    expect(german.text).toBe(none.text);
    expect(german.headers).toMatchObject({ vary: 'accept, accept-encoding' });
    expect(german.headers).not.toHaveProperty('content-language');
  });
});
