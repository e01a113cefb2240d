import { openLake } from '../../../shared/lake/engine/open-lake.ts';
import { subjects } from '../../../shared/lake/subjects/index.ts';
import { views } from '../../../shared/lake/views/index.ts';
import { grouped, textTable } from '../terminal/text-table.ts';
import type { LakeWhere } from './lake-options.ts';
import { openPlace } from './open-place.ts';

/** Lists the tables and views with their rows, or the columns of one of them. */
export async function listTables(
  where: LakeWhere,
  table: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  if (table !== undefined) return sayColumns(table, say);
  const lake = await openLake({ folder: await (await openPlace(where)).askable() });
  try {
    const rows: string[][] = [];
    for (const { name, says } of [...subjects, ...views]) {
      const [[count = 0] = []] = (await lake.ask(`SELECT count(*) FROM ${name}`)).rows;
      rows.push([name, grouped(Number(count)), says]);
    }
    say(
      textTable(
        [{ title: 'table' }, { title: 'rows', align: 'right' }, { title: 'a row is', width: 70 }],
        rows,
      ),
    );
  } finally {
    lake.close();
  }
}

function sayColumns(table: string, say: (line: string) => void): void {
  const subject = subjects.find(({ name }) => name === table);
  const view = views.find(({ name }) => name === table);
  if (subject !== undefined) {
    const rows = Object.entries(subject.columns).map(([name, { type, says }]) => [name, type, says]);
    say(`${subject.name}: ${subject.says}\n`);
    say(textTable([{ title: 'column' }, { title: 'type' }, { title: 'what', width: 70 }], rows));
  } else if (view !== undefined) say(`${view.name}: ${view.says}\n${view.sql}`);
  else {
    const names = [...subjects, ...views].map(({ name }) => name);
    throw new Error(`no table is called ${table}; there are ${names.join(', ')}`);
  }
}
