import type { RowsOf } from '../rules/rows-by-regime.ts';
import type { Rule } from '../rules/schema.ts';

/** The rows with others merged in: a row replaces the one with the same id, or is added. */
export function mergeRules(rows: readonly Rule[], over: readonly Rule[]): Rule[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of over) byId.set(row.id, row);
  return [...byId.values()];
}

/**
 * The rows of a regime with others merged in, once for each regime. A row that moves to another regime leaves its own.
 */
export function rowsOver(rowsOf: RowsOf, over: readonly Rule[]): RowsOf {
  const merged = new Map<string, readonly Rule[]>();
  return (regime) => {
    const rows =
      merged.get(regime) ?? mergeRules(rowsOf(regime), over).filter((row) => row.regime === regime);
    merged.set(regime, rows);
    return rows;
  };
}
