import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readTableFile } from '../../../../infra/cli/tariff/read-table-file.ts';
import { sheetRows } from '../../../../infra/cli/tariff/workbook.ts';

const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A workbook with one sheet, as spreadsheet programs write it. */
function workbook(sheet: string, strings = ''): { name: string; bytes: Uint8Array } {
  const xml = (body: string) => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
  const bytes = zipSync({
    '[Content_Types].xml': xml('<Types/>'),
    'xl/workbook.xml': xml(`<workbook xmlns="${NAMESPACE}"/>`),
    'xl/sharedStrings.xml': xml(`<sst xmlns="${NAMESPACE}">${strings}</sst>`),
    'xl/worksheets/sheet1.xml': xml(
      `<worksheet xmlns="${NAMESPACE}"><sheetData>${sheet}</sheetData></worksheet>`,
    ),
  });
  return { name: 'tariff.xlsx', bytes };
}

test('reads shared, rich, inline and plain values with their places', () => {
  const file = workbook(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>' +
      '<row r="2"/>' +
      '<row r="3"><c r="A3" t="inlineStr"><is><t>m&amp;s &#8364;</t></is></c><c r="B3"/><c r="C3"><v>45292</v></c>' +
      '<c r="AA3" t="str"><f>1+1</f><v>a_x000D_b</v></c></row>',
    '<si><t>Goods code</t></si><si><r><t>Du</t></r><r><t xml:space="preserve">ty </t></r><rPh><t>no</t></rPh></si>',
  );
  const rows = sheetRows(file);
  expect(rows.map(({ line }) => line)).toEqual([1, 3]);
  expect(rows[0]?.cells).toEqual(['Goods code', '', 'Duty']);
  expect(rows[1]?.cells.slice(0, 3)).toEqual(['m&s €', '', '45292']);
  expect(rows[1]?.cells[26]).toBe('a\rb');
});

test('finds the names of the columns under a title', () => {
  const file = workbook(
    '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' +
      '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c></row>' +
      '<row r="3"><c r="A3" t="s"><v>3</v></c><c r="B3" t="s"><v>4</v></c></row>',
    ['Tariff 2026', 'CN Code', 'Rate', '0101 21 00', 'Free']
      .map((text) => `<si><t>${text}</t></si>`)
      .join(''),
  );
  expect(readTableFile(file, { code: ['CN code'], rate: ['rate'] })).toEqual([
    { line: 3, cells: { code: '0101 21 00', rate: 'Free' } },
  ]);
  expect(() => readTableFile(file, { code: ['HS'] })).toThrow(
    'tariff.xlsx: no row of the first sheet names the columns HS',
  );
});

test('reads elements that have a prefix', () => {
  const file = workbook(
    '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:v>5</x:v></x:c></x:row>',
    '<x:si><x:t>a &lt;x:b</x:t></x:si>',
  );
  expect(sheetRows(file)).toEqual([{ line: 1, cells: ['a <x:b', '5'] }]);
});

test('a workbook that is cut off is said to be so', () => {
  const { name, bytes } = workbook('');
  expect(() => sheetRows({ name, bytes: bytes.subarray(0, 40) })).toThrow(
    /tariff\.xlsx: the workbook is not whole/,
  );
});
