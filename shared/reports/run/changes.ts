import { canonicalJson } from '../../kernel/hash.ts';
import type { ReportJson } from '../answer/report-answer.ts';
import type { TableChange } from './report-run.ts';

type Table = ReportJson['tables'][number];

/** The kinds of columns that say of what a row is. The other columns are figures. */
const NAMING: readonly string[] = ['text', 'country', 'day'];

/** What differs between two reports of one period, table by table; tables without a difference are left out. */
export function changesBetween(before: ReportJson, after: ReportJson): TableChange[] {
  const names = [...new Set([...before.tables, ...after.tables].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [old, now] = [before, after].map(({ tables }) =>
      rowsByName(tables.find((each) => each.name === name)),
    );
    if (old === undefined || now === undefined) return [];
    const added = [...now.keys()].filter((key) => !old.has(key)).length;
    const removed = [...old.keys()].filter((key) => !now.has(key)).length;
    const changed = [...now].filter(([key, row]) => old.has(key) && old.get(key) !== row).length;
    return added + removed + changed === 0 ? [] : [{ table: name, added, removed, changed }];
  });
}

/** The rows by what they are of. Rows of the same name are distinguished by their order. */
function rowsByName(table: Table | undefined): ReadonlyMap<string, string> {
  const rows = new Map<string, string>();
  const naming = (table?.columns ?? []).filter(({ kind }) => NAMING.includes(kind));
  for (const row of table?.rows ?? []) {
    const name = naming.map((column) => row[column.name] ?? null);
    let key = canonicalJson(name);
    for (let again = 1; rows.has(key); again += 1) key = canonicalJson([...name, again]);
    rows.set(key, canonicalJson(row));
  }
  return rows;
}
