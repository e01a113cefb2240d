import { overlapsOf } from '../../../shared/duties/rule-import/check-rules.ts';
import { diffRules } from '../../../shared/duties/rule-import/diff-rules.ts';
import { countriesOf } from '../../../shared/duties/rule-import/import-rules.ts';
import { mergeRules } from '../../../shared/duties/rule-import/merge-rules.ts';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import { rowsOf } from '../../../shared/duties/rules/rule-file.ts';
import type { Rule } from '../../../shared/duties/rules/schema.ts';
import { counted } from '../files/problems.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { changesText } from './print-changes.ts';
import { readRuleFile } from './read-rule-file.ts';

/** Checks a file against the repository's rules and prints its changes. Throws {@link BadFile}. */
export function checkFile(path: string, say: (line: string) => void): void {
  const { file } = readRuleFile(path);
  const rows = rowsOf(file) as unknown as Rule[];
  const overlaps = overlapsOf(mergeRules(builtinRows, rows));
  if (overlaps.length > 0)
    throw new BadFile(
      overlaps
        .map(({ ids, from }) => `${ids[0]} and ${ids[1]} are both in force from ${from}: end one of them`)
        .join('\n'),
    );
  say(`${counted(rows.length, 'row')} without an error. Changes to the repository's rules:`);
  say(changesText(diffRules(builtinRows, rows, countriesOf)));
}
