import { describe, expect, it } from 'vitest';
import type { LakeReport } from '../../../shared/reports/lake/lake-report.ts';
import { type Question, readQuestion } from '../../../shared/reports/lake/read-question.ts';
import { loadLakeReports } from '../../../shared/reports/lake-reports.ts';

const lakeReports = await loadLakeReports();

const now = '2026-11-29T12:00:00.000Z';
const question = (over: Partial<Question> = {}): Question => ({
  ...{ report: 'sales', period: '2026-11-28', timeZone: 'Europe/Berlin', currency: 'EUR', ...over },
});
const read = (over: Partial<Question>, reports: readonly LakeReport[] = lakeReports) =>
  readQuestion(question(over), { reports, now });

describe('a question for a report', () => {
  it('is read with its period in the zone of the merchant', () => {
    expect(read({ storefrontId: 'outlet', table: 'by-market' })).toMatchObject({
      ok: true,
      value: {
        report: { name: 'sales' },
        asked: { period: { from: '2026-11-27T23:00:00.000Z' }, currency: 'EUR', storefrontId: 'outlet' },
      },
    });
  });

  it.each([
    ['an unknown name', { report: 'sale' }, '#/path/name', 'no-such-report'],
    ['a period in the future', { period: '2026-11-30' }, '#/query/period', 'period-in-the-future'],
    ['no period', { period: 'yesterday' }, '#/query/period', 'no-such-period'],
    ['an unknown zone', { timeZone: 'Europe/Atlantis' }, '#/query/timeZone', 'custom'],
    ['an unknown currency', { currency: 'EURO' }, '#/query/currency', 'invalid-value'],
    ['an unknown table', { table: 'by-moon' }, '#/query/table', 'no-such-table'],
    ['a table that every object has', { table: 'constructor' }, '#/query/table', 'no-such-table'],
    ['an unknown parameter', { parameters: { channel: 'web' } }, '#/query/channel', 'unknown-field'],
  ])('with %s is refused, and the field is named', (_case, over, pointer, code) => {
    expect(read(over)).toMatchObject({ ok: false, error: [{ pointer, code, detail: expect.any(String) }] });
  });

  it('is refused with every wrong field at once', () => {
    const wrong = read({ period: '2026-13', currency: 'X', table: 'x' });

    expect(wrong.ok ? [] : wrong.error.map(({ pointer }) => pointer)).toEqual([
      ...['#/query/currency', '#/query/period', '#/query/table'],
    ]);
  });

  it('of a reader of one storefront is refused where a report is of the merchant, or has other periods', () => {
    const ofMerchant = lakeReports.map((report) => ({
      ...report,
      ...{ byStorefront: false, periods: ['month' as const] },
    }));

    expect(read({ storefrontId: 'outlet', period: '2026-11' }, ofMerchant)).toMatchObject({
      error: [{ pointer: '#/query/storefrontId', code: 'no-storefront' }],
    });
    expect(read({}, ofMerchant)).toMatchObject({
      error: [{ pointer: '#/query/period', code: 'no-such-period', detail: 'a month such as 2026-11' }],
    });
  });
});
