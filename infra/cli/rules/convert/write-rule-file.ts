import type { RuleFile } from '../../../../shared/duties/rules/rule-file.ts';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';
import { canonicalJson } from '../../../../shared/kernel/hash.ts';

const SHARED = ['regime', 'validFrom', 'law', 'provenance', 'confidence'] as const;

/**
 * The rows as a rule file. Values that most rows share are its defaults. Every rule has these fields, so no value is
 * lost.
 */
export function ruleFileOf(title: string, rows: readonly Rule[]): RuleFile {
  // Rows that end belong to an earlier release.
  const open = rows.filter(({ validTo }) => validTo === undefined);
  const defaults = Object.fromEntries(
    SHARED.map((field) => [field, mostFrequent((open.length === 0 ? rows : open).map((row) => row[field]))]),
  );
  return {
    title,
    defaults,
    rows: rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).filter(([field, value]) => !(field in defaults) || defaults[field] !== value),
      ),
    ),
  };
}

/** The text of the file, with one line for each row. The same rows always give the same text. */
export function ruleFileText({ title, defaults, rows }: RuleFile): string {
  const lines = rows.map((row) => `    ${JSON.stringify(ordered(row))}`).join(',\n');
  return `{\n  "title": ${JSON.stringify(title)},\n  "defaults": ${canonicalJson(defaults)},\n  "rows": [\n${lines}\n  ]\n}\n`;
}

/** A row with its name first, and its other fields sorted by name. */
function ordered(row: Readonly<Record<string, unknown>>): object {
  const { kind, id, ...rest } = row;
  return { kind, id, ...Object.fromEntries(Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0];
}
