import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printReport } from '../../../infra/cli/report/print-report.ts';
import { addReport } from '../../../infra/cli/report/report-command.ts';
import type { ReportOptions } from '../../../infra/cli/report/report-options.ts';
import { compact } from '../../../shared/lake/engine/compact.ts';
import { folderStore } from '../../../shared/lake/engine/folder-store.ts';
import { lakeReports } from '../../../shared/reports/lake-reports.ts';
import { putFacts } from '../../builders/lake-facts.ts';
import { dailyRates, orderRecords, paid, pricedOrder } from '../../builders/made-up-orders.ts';
import { parseLine } from '../../unit/cli/parse-line.ts';

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
      tables: [{ rows: [{ orders: 0, average: null }] }, {}, {}, {}, {}, {}],
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
});
