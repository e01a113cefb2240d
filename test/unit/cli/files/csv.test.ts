import { describe, expect, it } from 'vitest';
import {
  columnPlaces,
  namedDelimiter,
  readCsv,
  splitRow,
  withDecimalPoint,
} from '../../../../infra/cli/files/csv.ts';

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,2\n', ','],
    ['semicolons', 'a;b\n1;2\n', ';'],
    ['tabs', 'a\tb\n1\t2\n', '\t'],
    ['a byte order mark', '\uFEFFa;b\r\n1;2\r\n', ';'],
    ['spaces around its cells', 'a , b\n 1 ,2 \n', ','],
    ['quoted cells', '"a","b"\n"1","2"', ','],
  ])('with %s is read as a table', (_, text, delimiter) => {
    expect(readCsv(text)).toEqual({
      delimiter,
      header: { cells: ['a', 'b'], line: 1 },
      rows: [{ cells: ['1', '2'], line: 2 }],
    });
  });

  it('takes its separator from a first line sep=, and numbers its lines as an editor does', () => {
    // With more commas than semicolons in the header the separator could not be guessed.
    expect(readCsv('sep=;\r\n"a,b,c";d\r\n1;2\r\n')).toEqual({
      delimiter: ';',
      header: { cells: ['a,b,c', 'd'], line: 2 },
      rows: [{ cells: ['1', '2'], line: 3 }],
    });
  });

  it('is read without the blank rows of a spreadsheet and without empty cells beyond the header', () => {
    expect(readCsv('a;b\n;;;;\n\n1;2;;;\n;\n')).toMatchObject({
      rows: [{ cells: ['1', '2', '', '', ''], line: 4 }],
    });
  });

  it('gives the first line of a row that contains line breaks', () => {
    expect(readCsv('a,b\n"one\ntwo",1\n3,4\n')).toMatchObject({ rows: [{ line: 2 }, { line: 4 }] });
  });

  it('gives an error with the line if it is malformed', () => {
    expect(readCsv('')).toEqual({ problems: [{ line: 1, reason: 'the file is empty' }] });
    expect(readCsv('a;b\n1;2;3\n')).toEqual({
      problems: [{ line: 2, reason: 'the line has 3 cells, and the header has 2' }],
    });
    expect(readCsv('a;b\n1\n')).toEqual({
      problems: [{ line: 2, reason: 'the line has 1 cell, and the header has 2' }],
    });
    expect(readCsv('a;b\n1\n', { allowShortRows: true })).toMatchObject({ rows: [{ cells: ['1'] }] });
    expect(readCsv('a,b\n1,19,99\n')).toEqual({
      problems: [
        {
          line: 2,
          reason:
            'the line has 3 cells, and the header has 2: write a cell with a comma in double quotes, and amounts with a decimal point',
        },
      ],
    });
    expect(readCsv('sep=,\na,b\n"1,2\n')).toMatchObject({ problems: [{ line: expect.any(Number) }] });
  });
});

it.each([
  ['19,99', ';', '19.99'],
  ['1.234,56', '\t', '1234.56'],
  ['12.345.678,9', ';', '12345678.9'],
  ['-3,5', ';', '-3.5'],
  ['19.99', ';', '19.99'],
  ['1,234.56', ';', '1,234.56'],
  ['19', ';', '19'],
  ['19,99', ',', '19,99'],
] as const)('%s between %j is %s', (cell, delimiter, amount) => {
  expect(withDecimalPoint(cell, delimiter)).toBe(amount);
});

it('columns are found by any of their names, in upper or lower case, with spaces or underscores', () => {
  const header = { cells: ['INVOICE_NUMBER', 'Amount', 'price'], line: 1 };
  const names = {
    invoiceNumber: ['invoiceNumber'],
    amount: ['amount'],
    unit: ['unit price', 'Price'],
    no: ['x'],
  };
  expect([...columnPlaces(header, names)]).toEqual([
    ['invoiceNumber', 0],
    ['amount', 1],
    ['unit', 2],
    ['no', -1],
  ]);
});

it('a single row is split with or without tolerance for a stray quote', () => {
  expect(splitRow('a;"b;c";d', { delimiter: ';' })).toEqual(['a', 'b;c', 'd']);
  expect(splitRow('4" wide\tb', { delimiter: '\t', allowStrayQuotes: true })).toEqual(['4" wide', 'b']);
  expect(() => splitRow('4" wide,b', { delimiter: ',' })).toThrow('Quote');
});

it('only a line sep= followed by a separator sets the separator', () => {
  expect(['sep=;', 'SEP=\t', 'sep=,', 'sep=|', 'sep=', 'a;b'].map(namedDelimiter)).toEqual([
    ';', '\t', ',', undefined, undefined, undefined,
  ]); // biome-ignore format: one row
});
