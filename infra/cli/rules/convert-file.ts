import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import { rowsOf } from '../../../shared/duties/rules/rule-file.ts';
import type { Rule } from '../../../shared/duties/rules/schema.ts';
import { readTextFile } from '../files/read-text-file.ts';
import { conversionReport } from './convert/conversion-report.ts';
import { convertSchedule } from './convert/convert-schedule.ts';
import type { SourceFile } from './convert/schedule.ts';
import { ruleFileOf, ruleFileText } from './convert/write-rule-file.ts';
import { readRuleFile } from './read-rule-file.ts';
import type { ConvertOptions } from './rules-options.ts';

/**
 * Converts files of a schedule and writes the rule file. If there is a problem, nothing is written. Prints its
 * messages with `say`. Returns whether the rule file was written. Throws an Error with one line per problem if a file
 * cannot be read.
 */
export function convertFile(options: ConvertOptions, today: string, say: (line: string) => void): boolean {
  const { format, out, previous, agreements, skipUnconvertible, validFrom = today } = options;
  const files = options.files.map((name): SourceFile => ({ name, text: readTextFile(name) }));
  const conversion = convertSchedule(format, files, {
    validFrom,
    agreements,
    skipUnconvertible,
    builtin: builtinRows,
    release: options.release ?? basename(options.files[0] ?? '').replace(/\.[a-z]+$/i, ''),
    previous: previous === undefined ? [] : (rowsOf(readRuleFile(previous).file) as unknown as Rule[]),
  });
  for (const line of conversionReport(conversion)) say(line);
  if (conversion.problems.length > 0) {
    const skippable =
      conversion.schedule.unconverted.length + conversion.schedule.unconvertedPreferences.length;
    if (!skipUnconvertible && skippable > 0)
      say(
        '--skip-unconvertible converts the rest. Goods whose rate is left out are refused, and no rate is guessed',
      );
    return false;
  }
  writeFileSync(out, ruleFileText(ruleFileOf(conversion.format.title, conversion.rows)));
  say(`Written to ${out}, in force from ${validFrom}. Next: npm run rules -- check ${out}`);
  return true;
}
