import { readFileSync } from 'node:fs';
import {
  type Conversion,
  type ConvertOptions,
  convertSchedule,
} from '../../../../infra/cli/rules/convert/convert-schedule.ts';
import type { FormatName } from '../../../../infra/cli/rules/convert/format-names.ts';
import { ruleFileOf } from '../../../../infra/cli/rules/convert/write-rule-file.ts';
import type { RuleBook } from '../../../../shared/duties/index.ts';
import { createRuleBook } from '../../../../shared/duties/rule-book.ts';
import { mergeRules } from '../../../../shared/duties/rule-import/merge-rules.ts';
import { builtinRows } from '../../../../shared/duties/rules/builtin.ts';
import { checkedRowsOf } from '../../../../shared/duties/rules/rule-file.ts';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';

export const fixture = (name: string) => ({
  name,
  text: readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8'),
});

/** A conversion of fixtures or texts, valid from 1 December 2026, without other rules. */
export function convert(
  format: FormatName,
  files: readonly (string | { name: string; text: string })[],
  over: Partial<ConvertOptions> = {},
): Conversion {
  return convertSchedule(
    format,
    files.map((file) => (typeof file === 'string' ? fixture(file) : file)),
    {
      ...{ release: 'release 20', agreements: new Map(), validFrom: '2026-12-01', skipUnconvertible: true },
      ...{ builtin: [], previous: [], ...over },
    },
  );
}

/** The same with the repository's rules, read back from the written file, so that quotes can use them. */
export function rulesWith(
  format: FormatName,
  files: readonly (string | { name: string; text: string })[],
  over: Partial<ConvertOptions> = {},
): RuleBook {
  const { rows, problems } = convert(format, files, { builtin: builtinRows, ...over });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const own = checkedRowsOf(JSON.parse(JSON.stringify(ruleFileOf('a test', rows))));
  return createRuleBook(mergeRules(builtinRows, own), 'converted');
}

/** The row with this id. */
export function rowOf({ rows }: Pick<Conversion, 'rows'>, id: string): Rule | undefined {
  return rows.find((row) => row.id === id);
}

/** A row of the export of the US schedule. */
export const htsRow = (htsno: string, general: string, over: object = {}) => ({
  ...{ htsno, indent: '1', description: 'Goods', superior: null, units: [], general, special: '', other: '' },
  ...{ footnotes: [], quotaQuantity: null, additionalDuties: null, ...over },
});

export const htsFile = (rows: readonly object[]) => ({
  name: 'hts.json',
  text: JSON.stringify(rows, null, 1),
});
