import * as files from '../destinations/files.ts';
import version from '../destinations/generated/version.json' with { type: 'json' };
import { createRuleBook, type RuleBook } from '../rule-book.ts';
import { checkedRowsOf, type RuleFile } from './rule-file.ts';
import type { Rule } from './schema.ts';

/** The files of the repository, by name. */
export const ruleFiles: Readonly<Record<string, RuleFile>> = files;

/** Every row of the repository's files. */
export const builtinRows: readonly Rule[] = /* @__PURE__ */ Object.values(ruleFiles).flatMap((file) =>
  checkedRowsOf(file),
);

/**
 * The version that quotes name: the day of the last change and the beginning of the rows' fingerprint, so that it
 * changes with every row. `npm run rules -- version` writes it, and a test checks it.
 */
export const builtinVersion: string = version.version;

/** The repository's rules, without a deployment's own. */
export const builtinRuleBook: RuleBook = /* @__PURE__ */ createRuleBook(builtinRows, builtinVersion);
