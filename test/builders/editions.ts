import { builtinRuleBook, type RuleBook } from '../../shared/duties/index.ts';
import { createRuleBook } from '../../shared/duties/rule-book.ts';
import { schedulesBeside } from '../../shared/runtime/tariff-files.ts';

/** The repository's rules with its editions of tariffs, as a deployment without imports has them. */
export const rulesWithEditions: RuleBook = createRuleBook(
  builtinRuleBook.rows,
  builtinRuleBook.version,
  schedulesBeside,
);
