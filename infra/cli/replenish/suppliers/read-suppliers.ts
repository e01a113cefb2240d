import type { ImportRow } from '../../client/import-in-parts.ts';
import { type NamedRow, readColumns } from '../../files/csv-columns.ts';
import type { FileProblem } from '../../files/problems.ts';
import { type Columns, OPTIONAL, offerIn, REQUIRED, supplierIn } from './supplier-cells.ts';

export type ReadSuppliers =
  | { readonly ok: true; readonly suppliers: readonly ImportRow[]; readonly offers: number }
  | { readonly ok: false; readonly errors: readonly FileProblem[] };

/** Columns of the supplier itself: they are in its first row, and empty or the same in the others. */
const OWN = ['name', 'originCountries', 'certificates', 'requiredCertificates', 'shareLimitPercent'] as const;
const OWN_TOO = ['status', 'url'] as const;

/**
 * Reads a CSV file of suppliers: a row is a product of a supplier. The fields of the supplier are in its first row.
 * Amounts are in the currency's major unit. Texts are checked by the backend.
 */
export function readSuppliers(text: string): ReadSuppliers {
  const table = readColumns(text, { required: REQUIRED, optional: OPTIONAL });
  if (!table.ok) return table;
  const errors: FileProblem[] = [];
  const bySupplier = Map.groupBy(table.rows, ({ cell }) => cell('supplierId'));
  const suppliers = [...bySupplier].map(([supplierId, rows]): ImportRow => {
    const [first] = rows;
    if (first === undefined) throw new Error('a group of rows has a row');
    const at = (row: NamedRow<Columns>) => ({
      delimiter: table.delimiter,
      wrong: (reason: string) => void errors.push({ line: row.line, reason }),
    });
    for (const row of rows) for (const reason of differences(row, first)) at(row).wrong(reason);
    const selling = rows.filter(({ cell }) => cell('sku') !== '');
    if (rows.length > 1)
      for (const row of rows) if (!selling.includes(row)) at(row).wrong('sku: the row has no product');
    return {
      line: first.line,
      body: {
        ...{ supplierId, ...supplierIn(first.cell, at(first)) },
        offers: selling.map((row) => offerIn(row.cell, at(row))),
      },
      placeOf: (inside) => placeIn(inside, first, selling),
    };
  });
  if (errors.length > 0) return { ok: false, errors };
  return {
    ...{ ok: true, suppliers },
    offers: table.rows.filter(({ cell }) => cell('sku') !== '').length,
  };
}

const differences = (row: NamedRow<Columns>, first: NamedRow<Columns>): string[] =>
  [...OWN, ...OWN_TOO].flatMap((column) => {
    const own = row.cell(column);
    if (own === '' || own === first.cell(column)) return [];
    return [`${column}: line ${first.line} says ${JSON.stringify(first.cell(column))} of the same supplier`];
  });

/** The line of a field, and its column or what comes nearest to it. */
function placeIn(
  [field = '', index, ...inside]: readonly string[],
  first: NamedRow<Columns>,
  selling: readonly NamedRow<Columns>[],
) {
  if (field === 'sending') return { line: first.line, column: 'url' };
  if (field !== 'offers') return { line: first.line, column: field };
  const line = selling[Number(index)]?.line ?? first.line;
  const isPrice = inside[0] === 'prices';
  return { line, column: isPrice && inside.includes('currency') ? 'currency' : (inside[0] ?? 'sku') };
}
