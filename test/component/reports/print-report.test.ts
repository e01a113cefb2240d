import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ListOptions, listReports } from '../../../infra/cli/report/list-reports.ts';
import { printReport } from '../../../infra/cli/report/print-report.ts';
import { addReport } from '../../../infra/cli/report/report-command.ts';
import type { ReportOptions } from '../../../infra/cli/report/report-options.ts';
import { listen } from '../../../infra/local/front/http-listener.ts';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { loadLakeReports } from '../../../shared/reports/lake-reports.ts';
import { putFacts } from '../../builders/lake-facts.ts';
import { dailyRates, orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { parseLine } from '../../unit/cli/parse-line.ts';

const lakeReports = await loadLakeReports();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Facts arrive on a day, and the tables are brought up to them. */
async function arrive(day: string, records: Parameters<typeof putFacts>[2]) {
  await putFacts(folder, `facts/received=${day}/${day}.gz`, records);
  await compact({ store: folderStore(folder), folder: `${folder}/.work`, now: `${day}T23:00:00.000Z` });
}

async function printed(over: Partial<ReportOptions> = {}): Promise<string> {
  let text = '';
  const options: ReportOptions = {
    ...{
      name: 'sales',
      period: '2026-11-28',
      format: 'csv',
      where: { kind: 'folder', folder },
      timeZone: 'Europe/Berlin',
    },
    ...{ currency: 'EUR', table: undefined, storefrontId: undefined, parameters: {}, locale: 'en' },
    ...over,
  };
  const write = (more: string) => {
    text += more;
  };
  await printReport(options, { now: '2026-11-30T12:00:00.000Z', write });
  return text;
}

const order = (number: number, at: string) =>
  orderRecords(number, { at, facts: [pricedOrder({ goods: 2000, tax: 380 }), ...paid(2380)] });

describe('a report of a lake in a folder', () => {
  it('is printed as a table, as CSV, as JSON and as a page', async () => {
    await arrive('2026-11-28', [
      dailyRates('2026-11-27', { USD: '1.25' }),
      ...order(1, '2026-11-28T10:00:00.000Z'),
      ...order(2, '2026-11-28T11:00:00.000Z'),
    ]);

    const [head, row] = parse(await printed(), { record_delimiter: '\r\n' }) as string[][];
    expect(row?.[head?.indexOf('gross') ?? -1]).toBe('47.60');
    expect(JSON.parse(await printed({ format: 'json' }))).toMatchObject({
      ...{ report: 'sales', status: 'over', notCounted: [] },
      tables: [
        { name: 'summary', rows: [{ orders: 2, gross: { amount: 4760, currency: 'EUR' } }] },
        {},
        {},
        {},
        {},
        { name: 'by-sku', rows: [{ orders: 2 }] },
        {},
      ],
    });
    expect(await printed({ format: 'html', locale: 'de' })).toContain('47,60\u00a0€');
    expect(await printed({ format: 'table', table: 'by-market' })).toMatch(/Sales 2026-11-28[\s\S]*DE +2 +2/);
  });

  it('changes with a fact that arrives days later, and is otherwise the same to the byte', async () => {
    await arrive('2026-11-28', order(1, '2026-11-28T10:00:00.000Z'));
    const first = await printed({ format: 'json' });
    const other = await printed({ period: '2026-11-27', format: 'json' });

    await arrive('2026-11-30', order(2, '2026-11-28T11:00:00.000Z'));

    expect(await printed({ period: '2026-11-27', format: 'json' })).toBe(other);
    const after = await printed({ format: 'json' });
    expect(after).not.toBe(first);
    expect(after).toContain('"amount": 4760');
    expect(await printed({ format: 'json' })).toBe(after);
  });

  it('is one of zeros where the lake is empty', async () => {
    expect(JSON.parse(await printed({ format: 'json' }))).toMatchObject({
      tables: [{ rows: [{ orders: 0, average: null }] }, {}, {}, {}, {}, {}, {}],
    });
    expect(await printed({ format: 'html' })).not.toMatch(/NaN|undefined/);
  });

  it('is refused with a line for each option that is wrong', async () => {
    await expect(printed({ period: '2026-12', currency: 'XXX' })).rejects.toThrow(
      /^currency: .*\nperiod: the period has not begun yet$/,
    );
    const parameters = { priceChange: '-100', colour: 'red' };
    await expect(printed({ name: 'unit-economics', parameters })).rejects.toThrow(
      /^priceChange: a percentage such as -10 or 2\.5, above -100\ncolour: /,
    );
    await expect(printed({ name: 'sale' })).rejects.toThrow(
      `name: one of ${lakeReports.map(({ name }) => name).join(', ')}`,
    );
  });
});

describe('the list of reports', () => {
  const listed = async (options: ListOptions) => {
    let text = '';
    await listReports(options, {
      reports: lakeReports,
      write: (more) => {
        text += more;
      },
    });
    return text;
  };

  it('says of each what it answers, its periods, and how to choose its parameters', async () => {
    const table = await listed({ format: 'table', stored: undefined });
    for (const { name } of lakeReports) expect(table).toContain(`\n${name} `);
    const json = JSON.parse(await listed({ format: 'json', stored: undefined }));
    expect(json).toHaveLength(lakeReports.length);
    expect(json).toContainEqual(
      expect.objectContaining({
        ...{ name: 'service', periods: ['day', 'week', 'month'], byStorefront: true },
        tables: ['summary', 'by-lane', 'silent', 'silent-by-lane'],
        parameters: [{ name: 'silentDays', is: expect.stringContaining('silent') }],
      }),
    );
  });

  it('of a backend is read page by page', async () => {
    const asked: string[] = [];
    const run = (period: string) => ({
      ...{ report: 'sales', period, timeZone: 'UTC', currency: 'EUR', state: 'made' },
      made: { version: 2, madeAt: '2026-11-29T02:00:00.000Z' },
    });
    const server = await listen(
      async (request, response) => {
        asked.push(`${request.headers.authorization} ${request.url}`);
        const isFirst = !request.url?.includes('cursor');
        const page = isFirst ? { runs: [run('2026-11-28')], cursor: 'c' } : { runs: [run('2026-11-27')] };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
      },
      0,
      () => undefined,
    );
    const stored = { url: server.url.replace(/\/$/, ''), token: 't', dataDir: folder, report: 'sales' };
    const table = await listed({ format: 'table', stored });
    await server.stop();

    expect(table).toMatch(/sales +2026-11-28 +UTC +EUR +made +2 +2026-11-29T02/);
    expect(table).toContain('2026-11-27');
    expect(asked).toEqual([
      'Bearer t /v1/admin/reports?limit=100&report=sales',
      'Bearer t /v1/admin/reports?limit=100&report=sales&cursor=c',
    ]);
  });
});

describe('the command line of a report', () => {
  const read = (...args: readonly string[]) =>
    parseLine<ReportOptions>(['report', ...args], (program, give) =>
      addReport(program, async (options) => give(options)),
    );

  it('gives a report its parameters', () => {
    expect(read('unit-economics', '--set', 'priceChange=-10', '--set', 'paymentFee=2.9')).toMatchObject({
      name: 'unit-economics',
      parameters: { priceChange: '-10', paymentFee: '2.9' },
    });
    expect(read('sales')).toMatchObject({ name: 'sales', parameters: {} });
    expect(() => read('sales', '--set', 'price')).toThrow('It takes a name and a value');
  });

  it('lists the reports, or those that a backend has stored', () => {
    const listed = (...args: readonly string[]) =>
      parseLine<ListOptions>(['report', 'list', ...args], (program, give) =>
        addReport(program, undefined, async (options) => give(options)),
      );
    expect(listed()).toEqual({ format: 'table', stored: undefined });
    expect(listed('--json', '--stored', '--report', 'sales', '--url', 'http://127.0.0.1:3100')).toEqual({
      format: 'json',
      stored: expect.objectContaining({ report: 'sales', url: 'http://127.0.0.1:3100' }),
    });
    expect(() => listed('--stored', '--report', 'sale')).toThrow('Allowed choices are sales');
  });
});
