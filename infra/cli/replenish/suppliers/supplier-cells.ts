import { isCurrency } from '../../../../shared/kernel/currency.ts';
import { parseMajor, toJson } from '../../../../shared/kernel/money.ts';
import { type Delimiter, withDecimalPoint } from '../../files/csv.ts';

export const REQUIRED = [
  ...(['supplierId', 'name', 'originCountries'] as const),
  ...(['sku', 'prices', 'currency', 'leadTimeDays'] as const),
] as const;

export const OPTIONAL = [
  ...(['supplierSku', 'casePack', 'minimumUnits', 'sellableDays'] as const),
  ...(['certificates', 'requiredCertificates'] as const),
  ...(['shareLimitPercent', 'status', 'url'] as const),
] as const;

export type Columns = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

type Cell = (column: Columns) => string;

/** What reads a row: its separator, and what takes its errors. */
interface Row {
  readonly delimiter: Delimiter;
  readonly wrong: (reason: string) => void;
}

/** The fields of a supplier without its products. What is empty is left to the backend. */
export const supplierIn = (cell: Cell, row: Row): object => ({
  name: cell('name'),
  originCountries: words(cell('originCountries').toUpperCase()),
  ...given({
    certificates: parts(cell('certificates')).map((text) => certificateIn(text, row)),
    requiredCertificates: words(cell('requiredCertificates')),
  }),
  ...numbers(cell, ['shareLimitPercent'], row),
  ...(cell('status') === '' ? {} : { status: cell('status') }),
  ...(cell('url') === '' ? {} : { sending: { way: 'http', url: cell('url') } }),
});

/** What a supplier asks for a product. */
export const offerIn = (cell: Cell, row: Row): object => ({
  sku: cell('sku'),
  ...(cell('supplierSku') === '' ? {} : { supplierSku: cell('supplierSku') }),
  prices: words(cell('prices')).map((text) => priceIn(text, cell('currency').toUpperCase(), row)),
  ...numbers(cell, ['casePack', 'minimumUnits', 'leadTimeDays', 'sellableDays'], row),
});

/** `1:14.50`: from one unit on, a unit costs 14.50. */
function priceIn(text: string, code: string, { delimiter, wrong }: Row): object {
  const [from = '', amount = '', ...more] = text.split(':');
  if (!isCurrency(code)) {
    wrong(`currency: ${JSON.stringify(code)} is not a known currency`);
    return {};
  }
  const read = parseMajor(withDecimalPoint(amount, delimiter), code);
  if (/^\d{1,7}$/.test(from) && read !== undefined && more.length === 0)
    return { fromUnits: Number(from), unitPrice: toJson(read) };
  wrong(`prices: ${JSON.stringify(text)} is not a quantity and an amount of ${code}, such as 100:3.90`);
  return {};
}

/** `food-contact:FC-2026-118:2099-12-31`: the kind, the reference, and the last day. */
function certificateIn(text: string, { wrong }: Row): object {
  const [kind, reference, validUntil, ...more] = text.split(':').map((part) => part.trim());
  if (validUntil === undefined || more.length > 0)
    wrong(`certificates: ${JSON.stringify(text)} is not kind:reference:last day`);
  return { kind, reference, validUntil };
}

function numbers(cell: Cell, columns: readonly Columns[], { wrong }: Row): object {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const text = cell(column);
      if (text === '') return [];
      if (/^\d{1,7}$/.test(text)) return [[column, Number(text)]];
      wrong(`${column}: ${JSON.stringify(text)} is not a whole number`);
      return [];
    }),
  );
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const parts = (text: string): string[] =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const given = (lists: Readonly<Record<string, readonly unknown[]>>): object =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
