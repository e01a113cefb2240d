import ruleFiles from '../destinations/generated/rule-files.json' with { type: 'json' };
import { checkedRowsOf, type RuleFile } from './rule-file.ts';
import type { Rule } from './schema.ts';

/** The rows of a regime; none if it is unknown. */
export type RowsOf = (regime: string) => readonly Rule[];

/**
 * The repository's rows of a regime, from the files that have any: a price needs those of one destination, and all of
 * them are 300 kB. `read` gives the text of a file by its name; a file is read once.
 */
export function rowsByRegime(read: (name: string) => string): RowsOf {
  const filesOf: Readonly<Record<string, readonly string[]>> = ruleFiles;
  const files = new Map<string, readonly Rule[]>();
  const rowsIn = (name: string): readonly Rule[] => {
    const known = files.get(name) ?? checkedRowsOf(JSON.parse(read(name)) as RuleFile);
    files.set(name, known);
    return known;
  };
  const rows = new Map<string, readonly Rule[]>();
  return (regime) => {
    const known =
      rows.get(regime) ??
      (filesOf[regime] ?? []).flatMap((name) => rowsIn(name).filter((row) => row.regime === regime));
    rows.set(regime, known);
    return known;
  };
}
