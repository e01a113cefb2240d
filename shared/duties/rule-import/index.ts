export { type Overlap, overlapsOf, problemsOfRows, type RowProblem } from './check-rules.ts';
export { diffRules, type RuleChange } from './diff-rules.ts';
export {
  countriesOf,
  type ImportPlan,
  type ImportRefusal,
  importRules,
  type OwnRules,
  type RuleStore,
} from './import-rules.ts';
export { mergeRules } from './merge-rules.ts';
export { createRuleBooks, type RuleBooks } from './rule-books.ts';
export { rulesProblem, tooManyChanges } from './rules-problem.ts';
