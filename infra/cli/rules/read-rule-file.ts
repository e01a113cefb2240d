import { problemsOfRows } from '../../../shared/duties/rule-import/check-rules.ts';
import { rowsOf, ruleFileSchema } from '../../../shared/duties/rules/rule-file.ts';
import { fieldProblems } from '../../../shared/kernel/issues.ts';
import { plainMessage } from '../../../shared/kernel/plain-issue.ts';
import { readTextFile } from '../files/read-text-file.ts';
import { BadFile, readJson } from '../terminal/bad-file.ts';
import { elementLines } from '../terminal/element-lines.ts';
import { type ReadRuleFile, rowProblemLines } from './row-problems.ts';

/** Reads a rule file and checks every row. Throws {@link BadFile} with the places of the errors. */
export function readRuleFile(path: string): ReadRuleFile {
  const text = readTextFile(path);
  const parsed = ruleFileSchema.safeParse(readJson(path, text), { error: plainMessage });
  if (!parsed.success)
    throw new BadFile(
      fieldProblems(parsed.error)
        .map(({ pointer, detail }) => `${path}: ${pointer === '' ? 'the file' : pointer}: ${detail}`)
        .join('\n'),
    );
  const read = { file: parsed.data, lines: elementLines(text, 'rows') };
  const problems = problemsOfRows(rowsOf(read.file));
  if (problems.length > 0) throw new BadFile(rowProblemLines(path, read, problems).join('\n'));
  return read;
}
