import * as files from '../destinations/files.ts';
import { createRuleBook, type WholeRuleBook } from '../rule-book.ts';
import { builtinVersion } from './builtin-version.ts';
import { checkedRowsOf, type RuleFile } from './rule-file.ts';
import type { Rule } from './schema.ts';

// All rows at once, for commands, tests and imports. Prices read the files of their destination (rows-by-regime.ts).

/** The files of the repository, by name. */
export const ruleFiles: Readonly<Record<string, RuleFile>> = files;

/** Every row of the repository's files. */
export const builtinRows: readonly Rule[] = /* @__PURE__ */ Object.values(ruleFiles).flatMap((file) =>
  checkedRowsOf(file),
);

/** The repository's rules, without a deployment's own. */
export const builtinRuleBook: WholeRuleBook = /* @__PURE__ */ createRuleBook(builtinRows, builtinVersion);
