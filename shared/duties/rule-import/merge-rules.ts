import type { Rule } from '../rules/schema.ts';

/** The rows with others merged in: a row replaces the one with the same id, or is added. */
export function mergeRules(rows: readonly Rule[], over: readonly Rule[]): Rule[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of over) byId.set(row.id, row);
  return [...byId.values()];
}
