import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backtestFiles } from '../../../../infra/cli/replenish/backtest-files.ts';
import { readSales } from '../../../../infra/cli/replenish/read-sales.ts';
import { dayAfter } from '../../../../shared/kernel/time.ts';
import { madeUpUnits } from '../../replenishment/forecast/made-up-demand.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entrepot-backtest-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

function file(rows: readonly string[], name = 'sales.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, [HEADER, ...rows].join('\n'));
  return path;
}

const options = (files: readonly string[]) => ({
  ...{ files, warmUp: 31, step: 7, horizon: 14, every: 1, offset: 0, byMarket: false, json: true },
  page: undefined as string | undefined,
});

describe('a file of sales', () => {
  it('gives a row for each sale, by its day, and counts what is no sale by its reason', async () => {
    const path = file([
      '536365,MUG,A mug,6,12/1/10 8:26,2.55,17850,United Kingdom',
      '536366,mug,A mug,2,1/31/2011 23:59,2.55,17850,France',
      '536367,MUG,A mug,3,2011-02-01 09:00,2.55,,Germany',
      'C536368,MUG,A mug,-6,12/2/10 9:00,2.55,17850,United Kingdom',
      '536369,MUG,A mug,1,31/31/10 9:00,2.55,17850,United Kingdom',
      '536370,POST,Postage,1,12/2/10 9:00,18.00,17850,France',
    ]);
    const { orders, leftOut, rowsRead } = await readSales([path]);
    expect(rowsRead).toBe(6);
    expect(orders).toEqual([
      { day: '2010-12-01', orderId: '536365', sku: 'MUG', market: 'GB', units: 6 },
      { day: '2011-01-31', orderId: '536366', sku: 'MUG', market: 'FR', units: 2 },
      { day: '2011-02-01', orderId: '536367', sku: 'MUG', market: 'DE', units: 3 },
    ]);
    expect(Object.fromEntries(leftOut)).toEqual({ cancellation: 1, 'day-invalid': 1, 'no-goods': 1 });
  });

  it('takes what was cancelled on the same day from what the customer ordered, and nothing else', async () => {
    const path = file([
      '1,MUG,A mug,74215,1/18/11 10:01,1.04,12346,United Kingdom',
      'C2,MUG,A mug,-74215,1/18/11 10:17,1.04,12346,United Kingdom',
      // Two rows of 5 and 4: six units are taken from the newer one first, so that 3 of the older are left.
      '3,CUP,A cup,5,1/18/11 11:00,1.00,7,France',
      '4,CUP,A cup,4,1/18/11 11:01,1.00,7,France',
      'C5,cup,A cup,-6,1/18/11 11:02,1.00,7,France',
      // Another customer, another day, and a customer who is not known: these are returns.
      'C6,CUP,A cup,-3,1/18/11 11:03,1.00,8,France',
      'C7,CUP,A cup,-3,1/19/11 11:03,1.00,7,France',
      '8,CUP,A cup,2,1/19/11 12:00,1.00,,France',
      'C9,CUP,A cup,-2,1/19/11 12:01,1.00,,France',
    ]);
    const { orders, leftOut } = await readSales([path]);
    expect(orders.map(({ orderId, units }) => [orderId, units])).toEqual([
      ['3', 3],
      ['8', 2],
    ]);
    expect(leftOut.get('cancellation')).toBe(5);
  });

  it.each([
    ['has another layout', () => writeFile('a,b,c\n1,2,3'), /has to name the columns/],
    ['has no sale', () => file(['C1,MUG,A mug,-6,12/2/10 9:00,2.55,1,France']), /none of 1 rows is a sale/],
    ['is too short', () => file(['1,MUG,A mug,6,12/2/10 9:00,2.55,1,France']), /are of 1 days, .* need 45/],
    ['does not exist', () => join(folder, 'none.csv'), /none\.csv/],
  ])('is refused if it %s', async (_why, path, message) => {
    await expect(backtestFiles(options([path()]))).rejects.toThrow(message);
  });

  it('is not read for an offset that no SKU of the sample has', async () => {
    await expect(backtestFiles({ ...options(['none.csv']), every: 8, offset: 8 })).rejects.toThrow(
      /--offset 8 has to be below --every 8/,
    );
  });

  const writeFile = (text: string): string => {
    const path = join(folder, 'other.csv');
    writeFileSync(path, text);
    return path;
  };
});

describe('a backtest of files', () => {
  it('prints the figures of every method and writes a page without a script', async () => {
    const rows = Array.from({ length: 12 }, (_, sku) =>
      madeUpUnits(80, { seed: sku + 1, perDay: 0.5 }).flatMap((units, day) =>
        units === 0
          ? []
          : [
              `${1000 * sku + day},SKU-${sku},Goods,${units},${dayAfter('2026-01-05', day)} 10:00,1.00,1,France`,
            ],
      ),
    ).flat();
    const printed: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const page = join(folder, 'page.html');
    await backtestFiles({ ...options([file(rows)]), page });
    const figures = JSON.parse(printed[0] ?? '');
    expect(figures).toMatchObject({ series: 12, bulkOrders: 0, rowsRead: rows.length });
    const loss = (code: string): number =>
      figures.methods.find((each: { code: string }) => each.code === code).ofDays.meanPinball;
    expect(loss('selected')).toBeLessThan(loss('seasonal-naive'));
    expect(loss('naive')).toBeGreaterThan(0);
    const html = readFileSync(page, 'utf8');
    expect(html).not.toContain('<script');
    expect(html.match(/<svg/g)).toHaveLength(3);
  });
});
