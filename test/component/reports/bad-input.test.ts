import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printReport } from '../../../infra/cli/report/print-report.ts';
import type { ReportOptions } from '../../../infra/cli/report/report-options.ts';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { openCopy } from '../../../shared/lake/engine/open-copy.ts';
import type { LakeStore } from '../../../shared/lake/lake-store.ts';
import { tableFigures } from '../../../shared/lake/table-figures.ts';
import type { ReportJson } from '../../../shared/reports/answer/report-answer.ts';
import { makeLakeReport, tablesAsked } from '../../../shared/reports/lake/make-lake-report.ts';
import { readQuestion } from '../../../shared/reports/lake/read-question.ts';
import { rowObjects } from '../../../shared/reports/lake/row-objects.ts';
import { loadLakeReports } from '../../../shared/reports/lake-reports.ts';
import { sourcePrint } from '../../../shared/reports/run/source-print.ts';
import { linesOf, putBytes, putFacts } from '../../builders/lake-facts.ts';
import { dailyRates, orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';

const lakeReports = await loadLakeReports();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-bad-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const NOW = '2026-11-30T12:00:00.000Z';
const names = lakeReports.map(({ name }) => name);

const order = (number: number, storefrontId = 'shop') =>
  orderRecords(number, {
    at: '2026-11-28T10:00:00.000Z',
    facts: [pricedOrder({ goods: 2000, tax: 380, storefrontId }), ...paid(2380)],
  });

/** Brings the tables up to what has arrived. */
const build = (store: LakeStore = folderStore(folder)) =>
  compact({ store, folder: `${folder}/.work`, now: '2026-11-29T23:00:00.000Z' });

const asked = (over: Partial<ReportOptions>): ReportOptions => ({
  ...{ name: 'sales', period: '2026-11-28', format: 'json', timeZone: 'UTC', currency: 'EUR' },
  ...{ where: { kind: 'folder', folder }, table: undefined, storefrontId: undefined, parameters: {} },
  locale: 'en',
  ...over,
});

async function printed(over: Partial<ReportOptions> = {}): Promise<string> {
  let text = '';
  await printReport(asked(over), { now: NOW, write: (more) => (text += more) });
  return text;
}

const report = async (over: Partial<ReportOptions> = {}): Promise<ReportJson> =>
  JSON.parse(await printed(over)) as ReportJson;

/** The report on sales as a function makes it, of a copy of the tables: what it did not count, and what it read. */
async function reportOfCopy(store: LakeStore) {
  const read = readQuestion(
    { report: 'sales', period: '2026-11-28', timeZone: 'UTC', currency: 'EUR' },
    { reports: lakeReports, now: NOW },
  );
  if (!read.ok) throw new Error('the question is right');
  const { report: asks, asked: question } = read.value;
  const copy = await openCopy({ store, limits: { memoryMb: 500, threads: 1 } }, () => true);
  const lake = { ...copy, ask: async (sql: string) => rowObjects(await copy.ask(sql)) };
  const { notCounted } = await makeLakeReport(asks, question, lake);
  await copy.close();
  return { notCounted, tables: tablesAsked(asks, question) };
}

/** Neither the JSON of a report nor its page has a broken figure. */
async function expectNoBrokenFigure(over: Partial<ReportOptions>) {
  for (const format of ['json', 'html'] as const)
    expect(await printed({ ...over, format })).not.toMatch(/NaN|undefined|Infinity/);
}

describe('a half-written object of facts', () => {
  beforeEach(async () => {
    // Incompressible, so that the cut is behind the first orders.
    const whole = gzipSync(linesOf([1, 2, 3, 4, 5, 6, 7, 8].flatMap((number) => order(number))), {
      level: 0,
    });
    await putFacts(folder, 'facts/received=2026-11-28/a.gz', order(20));
    await putBytes(folder, 'facts/received=2026-11-28/b.gz', whole.subarray(0, Math.floor(whole.length / 2)));
    await putFacts(folder, 'facts/received=2026-11-28/c.gz', order(21));
    await build();
  });

  it('is said by every report that it may concern, and what could be read is counted', async () => {
    const { tables, notCounted } = await report();

    // Both whole objects, and the first orders of the half-written one.
    expect(Number(tables[0]?.rows[0]?.orders)).toBeGreaterThan(3);
    expect(notCounted).toContainEqual({
      code: 'unread-facts',
      says: 'objects or lines of facts that could not be read: some may be of this period (entrepot lake build names them)',
      count: 1,
    });
    for (const name of names)
      expect((await report({ name })).notCounted.map(({ code }) => code)).toContain('unread-facts');
    expect(await printed({ format: 'html' })).toContain('could not be read');
    // It arrived on 28 November: it has nothing of a later day.
    expect((await report({ period: '2026-11-29' })).notCounted).toEqual([]);
  });

  it('changes the report once it is whole again: nothing is lost', async () => {
    const store = folderStore(folder);
    const prints = async () => {
      const { notCounted, tables } = await reportOfCopy(store);
      return { notCounted, print: sourcePrint(tables, (await tableFigures(store)) ?? {}) };
    };
    const before = await prints();

    await putBytes(folder, 'facts/received=2026-11-28/b.gz', gzipSync('\n'));
    await build();

    const after = await prints();
    expect([before.notCounted.length, after.notCounted.length]).toEqual([1, 0]);
    // No row has changed, and the stored report is made again all the same.
    expect(after.print).not.toBe(before.print);
    await putFacts(
      folder,
      'facts/received=2026-11-28/d.gz',
      [1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => order(n)),
    );
    await build();
    expect((await report()).tables[0]?.rows[0]).toMatchObject({ orders: 10 });
  });
});

it('a fact of an unknown version is counted by every report, and is in no figure', async () => {
  const [placed, ...rest] = order(2);
  const unknown = JSON.stringify({ ...placed, version: 99 });
  const lines = `${linesOf([...order(1), ...rest])}${unknown}\n`;
  await putBytes(folder, 'facts/received=2026-11-28/a.gz', gzipSync(lines));
  await build();

  for (const name of names)
    expect((await report({ name })).notCounted).toContainEqual({
      code: 'unknown-facts',
      says: "facts order.placed in version 99, which this version can't read",
      count: 1,
    });
  expect((await report()).tables[0]?.rows[0]).toMatchObject({ orders: 1 });
});

describe('a lake with little in it', () => {
  it.each(names)('gives the report %s where it is empty', async (name) => {
    await expectNoBrokenFigure({ name });
    // Without the job that counts usage, no hour of the day has its bill, and the report says so.
    const missing = name === 'backend-bill' ? [{ code: 'hours-not-counted', count: 24 }] : [];
    expect((await report({ name })).notCounted).toMatchObject(missing);
  });

  it.each(names)('gives the report %s of exactly one order', async (name) => {
    await putFacts(folder, 'facts/received=2026-11-28/a.gz', order(1));
    await build();

    await expectNoBrokenFigure({ name });
  });

  it.each(lakeReports.filter(({ byStorefront }) => byStorefront).map(({ name }) => name))(
    'gives the report %s of a storefront without orders, with nothing of the others',
    async (name) => {
      await putFacts(folder, 'facts/received=2026-11-28/a.gz', order(1, 'other'));
      await build();

      await expectNoBrokenFigure({ name, storefrontId: 'shop' });
      const { tables } = await report({ name, storefrontId: 'shop' });
      expect(JSON.stringify(tables.map(({ rows }) => rows))).not.toMatch(/"amount":[^0]|other/);
    },
  );
});

it('an amount in a currency without a rate that day is counted and in no amount', async () => {
  const inFrancs = orderRecords(1, {
    at: '2026-11-28T10:00:00.000Z',
    facts: [pricedOrder({ goods: 2000, currency: 'CHF' }), ...paid(2000, 'CHF')],
  });
  await putFacts(folder, 'facts/received=2026-11-28/a.gz', [
    dailyRates('2026-11-27', { USD: '1.25' }),
    ...inFrancs,
  ]);
  await build();

  for (const name of ['sales', 'landed-cost', 'funnel', 'cohorts'])
    expect((await report({ name })).notCounted).toContainEqual(
      expect.objectContaining({ code: 'no-rate', says: expect.stringContaining('CHF of 2026-11-28') }),
    );
  await expectNoBrokenFigure({});
});

it('a report of tables that a run was changing when it was cut off says so', async () => {
  await putFacts(folder, 'facts/received=2026-11-28/a.gz', order(1));
  await build();
  await putFacts(folder, 'facts/received=2026-11-28/b.gz', order(2));
  const store = folderStore(folder);
  const write = async () => {
    throw new Error('cut off');
  };
  await expect(build({ ...store, write })).rejects.toThrow('cut off');

  const { notCounted } = await reportOfCopy(store);
  expect(notCounted).toMatchObject([{ code: 'tables-in-change', count: expect.any(Number) }]);
  await build();
  expect((await reportOfCopy(store)).notCounted).toEqual([]);
});

it.each([
  [{ period: '2026-12-01' }, /^period: the period has not begun yet$/],
  [{ period: '2026-11-31' }, /^period: a day such as/],
  [{ name: 'sale' }, new RegExp(`^name: one of ${names.join(', ')}$`)],
  [{ parameters: { market: 'DE' } }, /^market: /],
  [{ name: 'unit-economics', parameters: { paymentFee: 'much' } }, /^paymentFee: a percentage such as 2\.9$/],
  [{ name: 'sales', table: 'by-colour', format: 'csv' }, /^table: one of summary, /],
  [{ name: 'inventory-health', storefrontId: 'shop' }, /^storefront/],
  [{ timeZone: 'Europe/Atlantis' }, /^timeZone: /],
  [{ currency: 'XXX' }, /^currency: /],
] as const)('the question %j is refused at its field', async (over, message) => {
  await expect(printed(over)).rejects.toThrow(message);
});
