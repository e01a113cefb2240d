export { importRules, type OwnRules, type RuleStore } from './import-rules.ts';

export { createRuleBooks } from './rule-books.ts';
export { rulesProblem, tooManyChanges } from './rules-problem.ts';
