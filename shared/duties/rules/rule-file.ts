import * as z from 'zod';
import { issuesOf } from '../../kernel/issues.ts';
import { plainMessage } from '../../kernel/plain-issue.ts';
import { type Rule, ruleSchema } from './schema.ts';

/** A file of rules. Fields that most rows share are written once, as defaults. */
export interface RuleFile {
  readonly title?: string | undefined;
  readonly defaults?: Readonly<Record<string, unknown>> | undefined;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export const ruleFileSchema = z.strictObject({
  /** A title for readers. */
  title: z.string().optional(),
  defaults: z.record(z.string(), z.unknown()).optional(),
  rows: z.array(z.record(z.string(), z.unknown())).min(1),
});

/** The file's rows with its defaults applied, not checked. */
export function rowsOf({ defaults = {}, rows }: RuleFile): Record<string, unknown>[] {
  return rows.map((row) => ({ ...defaults, ...row }));
}

/** The rows of a checked file: the repository's tests check its files. */
export function checkedRowsOf(file: RuleFile): Rule[] {
  return rowsOf(file) as Rule[];
}

/** The errors of a row, by field; empty when it is a valid rule. */
export function problemsOf(row: unknown): { readonly field: string; readonly detail: string }[] {
  const read = ruleSchema.safeParse(row, { error: plainMessage });
  if (!read.success)
    return issuesOf(read.error.issues).map(({ path, message }) => ({
      field: path.join('.'),
      detail: message,
    }));
  const { validFrom, validTo } = read.data;
  return validTo !== undefined && validTo < validFrom
    ? [{ field: 'validTo', detail: `ends before it begins on ${validFrom}` }]
    : [];
}
