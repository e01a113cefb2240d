import { parse } from 'csv-parse/browser/esm/sync';
import type { Schema } from '../api/client.ts';
import { priceOf } from '../files/typed-price.ts';

export type ProductToImport = Schema<'ProductToImport'>;

/** A line that is no product, with the column that is wrong. */
export interface WrongLine {
  readonly line: number;
  readonly column: string;
  readonly says: string;
}

interface Read {
  readonly products: readonly ProductToImport[];
  readonly wrong: readonly WrongLine[];
}

const REQUIRED = [
  ...['sku', 'description', 'hsCode', 'originCountry', 'unitWeightGrams'],
  ...['lengthMm', 'widthMm', 'heightMm'],
] as const;
const WHOLE: readonly string[] = ['unitWeightGrams', 'lengthMm', 'widthMm', 'heightMm'];
const PRICE = /^price:([A-Z]{3})$/;
const NATIONAL_CODE = /^nationalCode:([A-Z]{2})$/;

/**
 * Reads products of a CSV with the columns that every catalogue has, prices and national codes. A column of the
 * command's format that is not read here is an error: a line replaces the whole product, and its field would be lost.
 */
export function productsInCsv(text: string): Read {
  let rows: readonly Readonly<Record<string, string>>[];
  try {
    rows = parse(text, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      delimiter: [',', ';', '\t'],
    });
  } catch (error) {
    return { products: [], wrong: [{ line: 1, column: '', says: (error as Error).message }] };
  }
  const columns = Object.keys(rows[0] ?? {});
  const head = wrongColumns(columns);
  if (head.length > 0) return { products: [], wrong: head };
  const wrong: WrongLine[] = [];
  const products = rows.flatMap((row, place) => {
    const product = productOf(row, columns, place + 2, wrong);
    return product === undefined ? [] : [product];
  });
  return { products, wrong };
}

function wrongColumns(columns: readonly string[]): readonly WrongLine[] {
  const says = (column: string, text: string) => ({ line: 1, column, says: text });
  return [
    ...REQUIRED.filter((name) => !columns.includes(name)).map((name) => says(name, 'the column is missing')),
    ...columns
      .filter(
        (name) => !REQUIRED.some((one) => one === name) && !PRICE.test(name) && !NATIONAL_CODE.test(name),
      )
      .map((name) => says(name, 'the column is not read here; `entrepot products import` reads it')),
    ...(columns.some((name) => PRICE.test(name))
      ? []
      : [says('price:EUR', 'a column with prices is missing')]),
  ];
}

function productOf(
  row: Readonly<Record<string, string>>,
  columns: readonly string[],
  line: number,
  wrong: WrongLine[],
): ProductToImport | undefined {
  const before = wrong.length;
  const problem = (column: string, says: string) => wrong.push({ line, column, says });
  const cell = (name: string) => row[name] ?? '';
  for (const name of REQUIRED) if (cell(name) === '') problem(name, 'is empty');
  for (const name of WHOLE)
    if (!/^\d{1,7}$/.test(cell(name))) problem(name, `"${cell(name)}" is no whole number`);
  const prices = columns.flatMap((name) => {
    const currency = PRICE.exec(name)?.[1];
    if (currency === undefined || cell(name) === '') return [];
    const amount = priceOf(cell(name), currency);
    if (amount === undefined) problem(name, `"${cell(name)}" is no price in ${currency}`);
    return amount === undefined ? [] : [{ amount, currency }];
  });
  if (prices.length === 0 && wrong.length === before) problem('price', 'the product has no price');
  const codes = columns.flatMap((name) => {
    const tariff = NATIONAL_CODE.exec(name)?.[1];
    return tariff === undefined || cell(name) === '' ? [] : [[tariff, cell(name)]];
  });
  if (wrong.length > before) return undefined;
  return {
    ...{ sku: cell('sku'), description: cell('description'), hsCode: cell('hsCode') },
    ...{ originCountry: cell('originCountry'), unitWeightGrams: Number(cell('unitWeightGrams')) },
    dimensions: {
      ...{ lengthMm: Number(cell('lengthMm')), widthMm: Number(cell('widthMm')) },
      heightMm: Number(cell('heightMm')),
    },
    ...(codes.length === 0 ? {} : { nationalCodes: Object.fromEntries(codes) }),
    prices,
  } as ProductToImport;
}

/** What a file looks like. */
export const SAMPLE =
  'sku,description,hsCode,originCountry,unitWeightGrams,lengthMm,widthMm,heightMm,price:EUR,nationalCode:EU\r\n' +
  'TEA-TOWEL-LINEN,Linen tea towel,630291,CN,120,300,200,15,12.50,63029100\r\n';
