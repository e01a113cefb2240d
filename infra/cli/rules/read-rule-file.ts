import { readFileSync } from 'node:fs';
import { problemsOfRows } from '../../../shared/duties/rule-import/check-rules.ts';
import { type RuleFile, rowsOf, ruleFileSchema } from '../../../shared/duties/rules/rule-file.ts';
import { BadFile, readJson } from '../terminal/bad-file.ts';
import { elementLines } from '../terminal/element-lines.ts';

export interface ReadRuleFile {
  readonly file: RuleFile;
  /** The line on which each row begins. */
  readonly lines: readonly number[];
}

/** Reads a rule file and checks every row of it; throws {@link BadFile} with the lines. */
export function readRuleFile(path: string): ReadRuleFile {
  const text = readFileSync(path, 'utf8');
  const read = ruleFileSchema.safeParse(readJson(path, text));
  if (!read.success)
    throw new BadFile(
      read.error.issues.map(({ path: at, message }) => `${path}: ${at.join('.')}: ${message}`).join('\n'),
    );
  const lines = elementLines(text, 'rows');
  const problems = problemsOfRows(rowsOf(read.data));
  if (problems.length > 0)
    throw new BadFile(
      problems
        .map(({ row, field, detail }) => `${path}:${lines[row] ?? 1}: row ${row + 1}: ${field}: ${detail}`)
        .join('\n'),
    );
  return { file: read.data, lines };
}
