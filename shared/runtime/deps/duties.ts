import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { openTable } from '../../aws/clients.ts';
import { createRuleStore } from '../../aws/duties/rule-store.ts';
import { createRuleBooks } from '../../duties/rule-import/index.ts';
import { readSettings } from '../settings.ts';

/** For reading and importing trade rules. */
export function rulesDeps() {
  const table = openTable(readSettings().tableName);
  const clock = () => new Date();
  const rules = createRuleStore(table, clock);
  const catalogue = createCatalogueStore(table, clock);
  return { clock, rules, books: createRuleBooks(rules), skusOf: catalogue.skusByHsPrefix };
}
