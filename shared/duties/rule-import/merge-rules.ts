import type { Rule } from '../rules/schema.ts';

/** The rows with others laid over them: a row takes the place of the one whose id it has, or is added. */
export function mergeRules(rows: readonly Rule[], over: readonly Rule[]): Rule[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const row of over) byId.set(row.id, row);
  return [...byId.values()];
}
