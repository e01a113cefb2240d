import { openTable } from '../../aws/clients.ts';
import { tableAnswers } from '../../aws/table-health.ts';
import { once } from '../once.ts';
import { readSettings } from '../settings.ts';

export const healthDeps = once(() => {
  const settings = readSettings();
  const table = openTable(settings.tableName);
  return { settings, tableAnswers: () => tableAnswers(table) };
});
