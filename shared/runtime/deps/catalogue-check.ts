import { catalogueDeps } from './catalogue.ts';
import { ruleBooksOf } from './rules.ts';

/** For saying which products of the catalogue have a price in a market: products, rates and rules. */
export function catalogueCheckDeps() {
  const core = catalogueDeps();
  return { ...core, rules: ruleBooksOf(core.table, core.clock) };
}
