import { createRuleBook, type RuleBook } from '../rule-book.ts';
import { builtinRows, builtinRuleBook } from '../rules/builtin.ts';
import type { RuleStore } from './import-rules.ts';
import { mergeRules } from './merge-rules.ts';

/** The rules that price new quotes. */
export interface RuleBooks {
  current(): Promise<RuleBook>;
}

/** The repository's rules, overridden by the deployment's own; merged once per version. */
export function createRuleBooks(store: Pick<RuleStore, 'current'>): RuleBooks {
  let book: RuleBook = builtinRuleBook;
  return {
    async current() {
      const own = await store.current();
      const version = own?.version ?? builtinRuleBook.version;
      if (book.version !== version)
        book =
          own === undefined ? builtinRuleBook : createRuleBook(mergeRules(builtinRows, own.rows), version);
      return book;
    },
  };
}
