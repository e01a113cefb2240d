import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type Reading, readRows, WrongLayout } from '../../../../infra/cli/replay/read-rows.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const ROW = '536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,12/1/10 8:26,2.55,17850,United Kingdom';

const folder = mkdtempSync(join(tmpdir(), 'replay-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
async function read(content: string | Buffer): Promise<Reading[]> {
  files += 1;
  const path = join(folder, `${files}.csv`);
  writeFileSync(path, content);
  const readings: Reading[] = [];
  for await (const reading of readRows(path)) readings.push(reading);
  return readings;
}

const lines = (readings: readonly Reading[]) =>
  readings.map((reading) => (reading.kind === 'row' ? reading.row.line : `bad ${reading.line}`));
const descriptions = (readings: readonly Reading[]) =>
  readings.map((reading) => (reading.kind === 'row' ? reading.row.description : 'bad'));

describe('rows of a file', () => {
  it('have the line number that an editor shows, and text in every column', async () => {
    const [reading] = await read(`${HEADER}\n${ROW}\n`);
    expect(reading).toEqual({
      kind: 'row',
      row: {
        line: 2,
        invoiceNo: '536365',
        stockCode: '85123A',
        description: 'WHITE HANGING HEART T-LIGHT HOLDER',
        quantity: '6',
        invoiceDate: '12/1/10 8:26',
        unitPrice: '2.55',
        customerId: '17850',
        country: 'United Kingdom',
      },
    });
  });

  it('are the same from a gzipped file with any name', async () => {
    const text = `${HEADER}\n${ROW}\n${ROW}\n`;
    expect(await read(gzipSync(text))).toEqual(await read(text));
  });

  it('are read in spite of carriage returns, a byte order mark, empty lines and no final line feed', async () => {
    expect(lines(await read(`\uFEFF${HEADER}\r\n${ROW}\r\n\r\n${ROW}`))).toEqual([2, 4]);
  });

  it('are read in spite of bytes that are not UTF-8', async () => {
    const row = Buffer.from(ROW.replace('WHITE', 'VOUCHER £20'), 'latin1');
    const readings = await read(Buffer.concat([Buffer.from(`${HEADER}\n`), row]));
    expect(descriptions(readings)).toEqual(['VOUCHER £20 HANGING HEART T-LIGHT HOLDER']);
  });

  it('may contain commas, doubled quotes, line breaks and stray quotes', async () => {
    const readings = await read(
      [
        HEADER,
        '1,A,"ROSE, ""RED""",1,d,1,c,France',
        '2,B,"TWO\nLINES",1,d,1,c,France',
        '3,C,CAKE 4" WIDE,1,d,1,c,France',
        ROW,
      ].join('\n'),
    );
    expect(descriptions(readings)).toEqual([
      'ROSE, "RED"',
      'TWO\nLINES',
      'CAKE 4" WIDE',
      'WHITE HANGING HEART T-LIGHT HOLDER',
    ]);
    expect(lines(readings)).toEqual([2, 3, 5, 6]);
  });

  it('are read even if another row cannot be read', async () => {
    const open = '9,Z,"NEVER CLOSED,1,d,1,c,France';
    const readings = await read(
      [HEADER, ROW, 'no row', open, ROW, '3,C,CAKE 4" WIDE,1,d,1,c,France', ROW].join('\n'),
    );
    expect(lines(readings)).toEqual([2, 'bad 3', 'bad 4', 5, 6, 7]);
  });

  it('are not swallowed by an open quote in another row, even if a later quote would close it', async () => {
    const open = '9,Z,"NEVER CLOSED,1,d,1,c,France';
    const readings = await read([HEADER, open, ROW, '3,C,CAKE 4",1,d,1,c,France'].join('\n'));
    expect(lines(readings)).toEqual(['bad 2', 3, 4]);
  });

  it('end where a compressed file is cut off, and the cut is reported', async () => {
    const whole = gzipSync(`${HEADER}\n${Array.from({ length: 5000 }, (_, i) => `${i}${ROW}`).join('\n')}`);
    const readings = await read(whole.subarray(0, whole.length - 200));
    expect(readings.length).toBeGreaterThan(100);
    expect(readings.at(-1)).toMatchObject({ kind: 'malformed', problem: expect.stringContaining('cut off') });
    expect(readings.filter(({ kind }) => kind === 'malformed')).toHaveLength(1);
  });

  it('are found by the names of the columns, in any order, even with an additional column', async () => {
    const readings = await read(
      'Country,Customer ID,Price,InvoiceDate,Quantity,Description,StockCode,Invoice,x\nFrance,7,1.5,d,2,MUG,M1,99,?\n',
    );
    expect(readings).toMatchObject([
      {
        kind: 'row',
        row: { invoiceNo: '99', stockCode: 'M1', unitPrice: '1.5', customerId: '7', country: 'France' },
      },
    ]);
  });

  it.each([
    ['semicolons and decimal commas', ';', ''],
    ['semicolons and a line that names them', ';', 'sep=;\r\n'],
    ['tabs', '\t', ''],
  ])('are read from the format in which a spreadsheet saves them: %s', async (_, delimiter, before) => {
    const header = HEADER.toUpperCase().replaceAll(',', delimiter);
    const row = ROW.replaceAll(',', delimiter).replace('2.55', '1.002,55');
    const blank = delimiter.repeat(7);
    const readings = await read(
      `\uFEFF${before}${header}${delimiter}\r\n${row}${delimiter}\r\n${blank}\r\n${row}${delimiter}${delimiter}`,
    );
    const first = before === '' ? 2 : 3;
    expect(lines(readings)).toEqual([first, first + 2]);
    expect(readings[0]).toMatchObject({
      row: { stockCode: '85123A', unitPrice: '1002.55', country: 'United Kingdom' },
    });
  });

  it('are refused if a cell has no column, and keep a decimal comma if commas separate the cells', async () => {
    const readings = await read(`\n${HEADER}\n${ROW},more\n${ROW.replace('2.55', '"2,55"')}\n,,,,,,,\n`);
    expect(readings).toMatchObject([
      { kind: 'malformed', line: 3, problem: '9 columns instead of 8' },
      { kind: 'row', row: { line: 4, unitPrice: '2,55' } },
    ]);
  });

  it.each([
    ['nothing', '', 'the file is empty'],
    ['blank lines', '\uFEFF\r\n\n', 'the file is empty'],
    ['nothing, compressed', gzipSync(''), 'the file is empty'],
    [
      'a workbook',
      'PK\u0003\u0004…',
      'this is a workbook: save its sheet as "CSV UTF-8" and name the saved file',
    ],
    ['UTF-16', Buffer.from(`\uFEFF${HEADER}`, 'utf16le'), 'the text is in UTF-16: save it as "CSV UTF-8"'],
  ])('are not there in a file of %s', async (_, content, words) => {
    await expect(read(content)).rejects.toThrow(`.csv: ${words}`);
  });

  it('do not exist if there is no file', async () => {
    const none = readRows(join(folder, 'none.csv')).next();
    await expect(none).rejects.toThrow('none.csv: there is no such file: check its name');
    await expect(readRows(folder).next()).rejects.toThrow(`${folder}: this is a folder: name a file in it`);
  });

  it.each(['a,b,c\n1,2,3\n', `${HEADER.replace('Country', 'Land')}\n${ROW}`])(
    'are not read from another layout: %j',
    async (content) => {
      await expect(read(content)).rejects.toThrow(WrongLayout);
    },
  );
});
