import { createCatalogueStore } from '../../aws/catalogue/catalogue-store.ts';
import { openTable } from '../../aws/clients.ts';
import { createRuleStore } from '../../aws/duties/rule-store.ts';
import { createTariffStore } from '../../aws/duties/tariff-store.ts';
import { createRuleBooks } from '../../duties/rule-import/index.ts';
import { editionFiles } from '../../duties/schedules/index.ts';
import { rulesBeside } from '../rule-files.ts';
import { readSettings } from '../settings.ts';
import { schedulesBeside } from '../tariff-files.ts';

/** For reading and importing trade rules. */
export function rulesDeps() {
  const table = openTable(readSettings().tableName);
  const clock = () => new Date();
  const rules = createRuleStore(table, clock);
  const catalogue = createCatalogueStore(table, clock);
  return {
    clock,
    rules,
    books: createRuleBooks(rules, { rowsOf: rulesBeside }),
    builtin: rulesBeside,
    skusOf: catalogue.skusByHsPrefix,
  };
}

/** For reading and importing editions of tariffs. */
export function tariffsDeps() {
  const { clock, rules, skusOf } = rulesDeps();
  const store = createTariffStore(openTable(readSettings().tableName), clock);
  return {
    clock,
    sources: { store, beside: schedulesBeside, rules, skusOf },
    files: editionFiles,
  };
}
