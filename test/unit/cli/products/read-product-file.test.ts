import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { optionalColumns, requiredColumns } from '../../../../infra/cli/products/product-cells.ts';
import { readProductFile, similarSkus } from '../../../../infra/cli/products/read-product-file.ts';
import { productBodySchema } from '../../../../shared/catalogue/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'entrepot-products-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string, name = 'goods.csv') {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readProductFile(path);
}

/** The errors, one on each line, without the folder. */
function problemsIn(text: string, name?: string): string[] {
  try {
    read(text, name);
    return [];
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '').split('\n');
  }
}

const header = 'sku,description,hsCode,originCountry,unitWeightGrams,lengthMm,widthMm,heightMm,price:EUR';
const towel = 'TOWEL,Linen tea towel,630291,PT,120,300,200,15,12.50';

describe('a catalogue as a CSV file', () => {
  test('is read as products, with every kind of column', () => {
    const more =
      'price:JPY,price:BHD,price:GBP:taxIncluded,nationalCode:EU,originProof:eu-jp-epa,electrical,animalMaterials';
    const cells = '2000,4.750,11,63029100,REX-1 until 2027-12-31 | REX-2,no,wool|leather';
    const [{ product, line } = { product: {}, line: 0 }] = read(
      `\uFEFF${header},${more},document:ce-declaration,gtin\r\n${towel},${cells},DOC from 2026-01-01 until 2027-01-01,4006381333931\r\n`,
    );
    expect({ product, line }).toEqual({
      line: 2,
      product: {
        ...{ sku: 'TOWEL', description: 'Linen tea towel', hsCode: '630291', originCountry: 'PT' },
        unitWeightGrams: 120,
        dimensions: { lengthMm: 300, widthMm: 200, heightMm: 15 },
        prices: [
          { amount: 1250, currency: 'EUR' },
          { amount: 2000, currency: 'JPY' },
          { amount: 4750, currency: 'BHD' },
          { amount: 1100, currency: 'GBP', taxIncluded: true },
        ],
        nationalCodes: { EU: '63029100' },
        originProofs: [
          { agreement: 'eu-jp-epa', reference: 'REX-1', validUntil: '2027-12-31' },
          { agreement: 'eu-jp-epa', reference: 'REX-2' },
        ],
        compliance: {
          electrical: false,
          animalMaterials: ['wool', 'leather'],
          documents: [
            { type: 'ce-declaration', reference: 'DOC', validFrom: '2026-01-01', validUntil: '2027-01-01' },
          ],
          identifiers: { gtin: '4006381333931' },
        },
      },
    });
    const { sku: _, ...body } = product as Record<string, unknown>;
    expect(productBodySchema.safeParse(body).error).toBeUndefined();
  });

  test('keeps the line numbers of its products, whatever stands between them', () => {
    const lines = (text: string) => read(text).map(({ line }) => line);
    expect(lines(`${header}\n\n${towel}\n"B","two\nlines",630291,PT,1,1,1,1,1\n\nC${towel}\n`)).toEqual([
      3, 4, 7,
    ]);
    expect(lines(`${header}\n${towel}`.replaceAll(',', ';'))).toEqual([2]);
    expect(lines(`${header}\n${towel}`.replaceAll(',', '\t'))).toEqual([2]);
  });

  test('may give goods away: the price 0 and a customs value', () => {
    const free = `${header},customsValue:EUR\n${towel.replace('12.50', '0')},4.20`;
    expect(read(free)[0]?.product).toMatchObject({
      prices: [{ amount: 0, currency: 'EUR' }],
      customsValue: { amount: 420, currency: 'EUR' },
    });
    expect(problemsIn(`${header},customsValue:XBT\n${towel},1`)).toEqual([
      expect.stringContaining('customsValue:XBT'),
    ]);
    expect(problemsIn(`${header},customsValue:EUR\n${towel},free`)).toEqual([
      expect.stringContaining('goods.csv:2: customsValue:EUR: an amount of EUR'),
    ]);
  });

  test('maps a JSON pointer to a column', () => {
    const [first] = read(`${header},price:JPY,nationalCode:EU\n${towel},2000,63029100`);
    const columns = [
      '/hsCode',
      '/dimensions/lengthMm',
      '/prices/1/amount',
      '/nationalCodes/EU',
      '/prices',
      '/colour',
    ];
    expect(columns.map((pointer) => first?.columnOf(pointer))).toEqual([
      ...['hsCode', 'lengthMm', 'price:JPY', 'nationalCode:EU', 'prices', 'colour'],
    ]);
  });

  test.each([
    ['a whole number', 'unitWeightGrams', '0.18'],
    ['a whole number', 'lengthMm', '30 cm'],
    ['at most 2 decimals', 'price:EUR', '12.505'],
    ['with a point', 'price:EUR', '12,50'],
    ['with a point', 'price:EUR', '€12'],
    ['at most 0 decimals', 'price:JPY', '3200.5'],
    ['at most 3 decimals', 'price:BHD', '1.2345'],
    ['yes or no', 'electrical', 'perhaps'],
    ['yes or no', 'electrical', 'constructor'],
  ])('reports %s in %s for %j with its line', (detail, column, cell) => {
    const names = `${header},price:JPY,price:BHD,electrical`.split(',');
    const cells = [...towel.split(','), '', '', ''];
    const wrong = names.map((name, index) => (name === column ? `"${cell}"` : cells[index])).join(',');
    expect(problemsIn(`${names}\n${[...cells].join(',')}\n${wrong.replace('TOWEL', 'OTHER')}`)).toEqual([
      expect.stringMatching(new RegExp(`^goods.csv:3: ${column}: .*${detail}`)),
    ]);
  });

  test.each([
    ...[
      'DOC-7 until 31.12.2025',
      'DOC-7 until 31/12/2025',
      'DOC-7 until 12/31/2025',
      'DOC-7 until 2025/12/31',
    ],
    ...['DOC-7 valid until 2025-12-31', 'DOC-7 to 2025-12-31', 'DOC-7 2025-12-31', 'DOC-7, 2025-12-31'],
    ...[
      'DOC-7 until 31. 12. 2025',
      'DOC-7 31.12.25',
      'DOC-7 (31-12-2025)',
      'DOC-7 20251231',
      'DOC-7 12/2025',
    ],
    ...[
      'DOC-7 until December 2025',
      'DOC-7 31 Dec 2025',
      'DOC-7 Dec 31, 2025',
      'DOC-7 31st December',
      "DOC-7 dec '25",
    ],
    ...[
      'DOC-7 bis Ende 2025',
      'DOC-7 gültig bis 31.12.2025',
      'DOC-7 bis 31. März',
      "DOC-7 jusqu'au 3 août",
      'DOC-7 2025年',
    ],
    ...[
      'DOC-7 until',
      'DOC-7 until further notice',
      'DOC-7 exp. 2025',
      'DOC-7 expires soon',
      'DOC-7 from 2025',
    ],
    ...['until 2025-12-31', '2025-12-31', 'from 2025-01-01 until 2025-12-31', 'DOC-7until 2025-12-31'],
    ...['DOC-7 until 2025-12-31 until 2026-12-31', 'DOC-6 | DOC-7 until 31.12.2025', 'DOC-7 until 2025-12'],
  ])('refuses a paper whose day it can not read, in every column of papers: %s', (cell) => {
    for (const column of ['document:ce-declaration', 'originProof:eu-jp-epa'])
      expect(problemsIn(`${header},${column}\n${towel},"${cell}"`)).toEqual([
        expect.stringMatching(
          new RegExp(`^goods.csv:2: ${column}: .*write DOC-7 until 2027-12-31, or DOC-7 from`),
        ),
      ]);
  });

  const documentsOf = (cell: string) => {
    const [first] = read(`${header},document:ce-declaration\n${towel},${cell}`);
    return (first?.product.compliance as { documents: unknown[] } | undefined)?.documents;
  };

  test.each([
    ['DOC-7 until 2025-12-31', { validUntil: '2025-12-31' }],
    ['DOC-7 Until  2025-12-31', { validUntil: '2025-12-31' }],
    ['DOC-7 from 2025-01-01', { validFrom: '2025-01-01' }],
    ['DOC-7 from 2025-01-01 until 2025-12-31', { validFrom: '2025-01-01', validUntil: '2025-12-31' }],
    ['DOC-7 until 2025-12-31 from 2025-01-01', { validFrom: '2025-01-01', validUntil: '2025-12-31' }],
  ])('reads the days of the paper %s', (cell, days) => {
    expect(documentsOf(cell)).toEqual([{ type: 'ce-declaration', reference: 'DOC-7', ...days }]);
  });

  test.each([
    ...[
      'LT-70',
      'EN 71-1:2014',
      'BIS R-41001234',
      'TÜV SÜD 12345/2',
      '2ABCD-WIFI1',
      'Marlin 2000 mark 3',
      'EXP-77',
    ],
    ...['Letter to 3M', 'CPC 2026/114', 'SET 12', 'Validation VR-12', '100%'],
  ])('reads the number %s as it is', (cell) => {
    expect(documentsOf(cell)).toEqual([{ type: 'ce-declaration', reference: cell }]);
  });

  test.each([
    ['', ['goods.csv: the file is empty']],
    [header, ['goods.csv: the file has no products']],
    [`${header}\n${towel}\n${towel}`, ['goods.csv:3: sku: TOWEL is also on line 2']],
    [
      `${header}\n${towel},x`,
      [
        expect.stringMatching(
          /^goods.csv:2: the line has 10 cells, and the header has 9: write a cell with a comma/,
        ),
      ],
    ],
    [`${header},sku\n${towel},x`, ['goods.csv:1: sku: two columns have this name']],
    [`${header},,\n${towel},,x`, [expect.stringContaining('unknown columns: column 10 without a name')]],
    [`${header},colour\n${towel},x`, [expect.stringContaining('goods.csv:1: unknown columns: colour;')]],
    [`${header},constructor\n${towel},x`, [expect.stringContaining('unknown columns: constructor;')]],
    [`${header},nationalCode:__proto__\n${towel},x`, [expect.stringContaining('letters, digits and dashes')]],
    [`${header},price:XBT\n${towel},x`, [expect.stringContaining('XBT is not a known currency')]],
    [`${header},lengthCm\n${towel},x`, [expect.stringContaining('sizes are in millimetres')]],
    [header.replace('hsCode,', ''), ['goods.csv:1: missing columns: hsCode']],
    [header.replace(',price:EUR', ''), ['goods.csv:1: missing columns: price:EUR']],
    [`${header}\n"TOWEL,Linen`, [expect.stringMatching(/^goods.csv:\d+: .*quote/i)]],
    [`${header}\nTOWEL,\uFFFD`, [expect.stringContaining('goods.csv:2: the text is not UTF-8')]],
  ])('refuses %j', (text, problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });

  test('may have columns at the end without a name and without a value, as a spreadsheet leaves them', () => {
    const productsIn = (text: string) => read(text).map(({ product }) => product);
    const [plain] = productsIn(`${header}\n${towel}\n`);
    expect(productsIn(`${header},,\n${towel},,\n`)).toEqual([plain]);
    expect(productsIn(`${header},, \n${towel}\n`)).toEqual([plain]);
  });

  test('may have SKUs that differ by capital letters alone, which is said', () => {
    const rows = [
      towel,
      towel.replace('TOWEL', 'towel'),
      towel.replace('TOWEL', 'CLOTH'),
      towel.replace('TOWEL', 'Towel'),
    ];
    const products = read([header, ...rows].join('\n'));
    expect(similarSkus(products).map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'sku: towel differs from TOWEL on line 2 by capital letters alone: these are two products'],
      [5, 'sku: Towel differs from TOWEL on line 2 by capital letters alone: these are two products'],
    ]);
  });

  test('may be in the format of a German spreadsheet: sep=, semicolons, decimal commas, blank rows, any case', () => {
    const titles = `${header.toUpperCase().replace('PRICE:EUR', 'Price:eur:TAXINCLUDED')},Price:bhd,NationalCode:eu`;
    const text = `sep=;\r\n${titles.replaceAll(',', ';')}\r\n;;;;\r\n${towel.replace('12.50', '1.012,50').replaceAll(/,(?!50)/g, ';')};4,750;63029100\r\n;;;\r\n`;
    const [product, ...others] = read(`\uFEFF${text}`);
    expect(others).toEqual([]);
    expect(product).toMatchObject({
      line: 4,
      product: {
        sku: 'TOWEL',
        hsCode: '630291',
        prices: [
          { amount: 101_250, currency: 'EUR', taxIncluded: true },
          { amount: 4750, currency: 'BHD' },
        ],
        nationalCodes: { EU: '63029100' },
      },
    });
    expect(product?.columnOf('/unitWeightGrams')).toBe('unitWeightGrams');
  });

  test('reports an error that occurs on many lines once, and all unknown columns together', () => {
    const lines = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((sku) =>
      towel.replace('TOWEL', sku).replace('12.50', '"12,50"'),
    );
    expect(problemsIn([header, ...lines].join('\n'))).toEqual([
      expect.stringMatching(/^goods.csv:2: price:EUR: .*with a point.* \(7 lines: 2, 3, 4, 5, 6 …\)$/),
    ]);
    // The export format of another shop's software.
    expect(problemsIn('Handle,Title,Variant SKU,Variant Price\na,b,c,1')).toEqual([
      'goods.csv:1: unknown columns: Handle, Title, Variant SKU, Variant Price; docs/catalogue-import.md lists the columns',
      'goods.csv:1: missing columns: sku, description, hsCode, originCountry, unitWeightGrams, lengthMm, widthMm, heightMm, price:EUR',
    ]);
  });

  test('agrees with its page in the documentation: every column is listed, and the example can be read', () => {
    const page = readFileSync('docs/catalogue-import.md', 'utf8');
    const listed = new Set([...page.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    const missing = Object.keys({ ...requiredColumns, ...optionalColumns }).filter(
      (name) => !listed.has(name),
    );
    expect(missing).toEqual([]);
    const example = /```\n(sku,[\s\S]+?)```/.exec(page)?.[1] ?? '';
    const products = read(example);
    for (const { product } of products) {
      const { sku: _, ...body } = product;
      expect(productBodySchema.safeParse(body).error).toBeUndefined();
    }
    expect(products).toHaveLength(2);
  });
});

describe('a catalogue as a JSON file', () => {
  test('is an array, or an object with the array under products, and keeps the line of each product', () => {
    const text = '[\n  { "sku": "A" },\n  {\n    "sku": "B"\n  }\n]';
    expect(read(text, 'goods.json').map(({ line, product }) => [line, product.sku])).toEqual([
      [2, 'A'],
      [3, 'B'],
    ]);
    expect(read(`{ "products": ${text} }`, 'goods.json').map(({ line }) => line)).toEqual([2, 3]);
    expect(read(text, 'goods.json')[0]?.columnOf('/prices/0/amount')).toBe('prices.0.amount');
  });

  test.each([
    ['{', [expect.stringContaining('not JSON')]],
    ['null', [expect.stringContaining('an array of products')]],
    ['[]', ['goods.json: the file has no products']],
    ['[1]', ['goods.json: product 1 is not an object']],
    ['[{"sku":"A"},\n{"sku":"A"}]', ['goods.json:2: sku: A is also on line 1']],
  ])('refuses %j', (text, problems) => {
    expect(problemsIn(text, 'goods.json')).toEqual(problems);
  });
});
