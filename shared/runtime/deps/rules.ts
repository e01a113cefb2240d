import type { Table } from '../../aws/clients.ts';
import { createRuleStore } from '../../aws/duties/rule-store.ts';
import { createTariffReader } from '../../aws/duties/tariff-reader.ts';
import { createRuleBooks } from '../../duties/rule-import/index.ts';
import { rulesBeside } from '../rule-files.ts';
import { schedulesBeside } from '../tariff-files.ts';

/** The rules that price: rows, the schedules beside the code, and those that the deployment imported. */
export function ruleBooksOf(table: Table, clock: () => Date) {
  const imported = createTariffReader(table, clock);
  return createRuleBooks(createRuleStore(table, clock), {
    rowsOf: rulesBeside,
    tariffs: { beside: schedulesBeside, imported },
  });
}
