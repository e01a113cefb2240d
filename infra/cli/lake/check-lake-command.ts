import { checkLake } from '../../../shared/lake/engine/check-lake.ts';
import { openLake } from '../../../shared/lake/engine/open-lake.ts';
import { operatorAt } from '../client/operator-at.ts';
import { grouped, textTable } from '../terminal/text-table.ts';
import { compareWithBackend } from './compare-with-backend.ts';
import type { CheckCommandOptions } from './lake-options.ts';
import { openPlace } from './open-place.ts';

/** Checks a lake, and compares it with the table of a running backend. Gives whether nothing is wrong. */
export async function checkWholeLake(
  { where, backend, sample }: CheckCommandOptions,
  say: (line: string) => void,
): Promise<boolean> {
  const lake = await openLake({ folder: await (await openPlace(where)).askable() });
  try {
    const results = await checkLake(lake);
    const wrong = results.filter((each) => each.wrong > 0);
    const right = { align: 'right' } as const;
    const rows = wrong.map((each) => [
      each.says,
      grouped(each.checked),
      grouped(each.wrong),
      each.example ?? '',
    ]);
    if (rows.length > 0)
      say(
        textTable(
          [
            { title: 'not true', width: 60 },
            { title: 'looked at', ...right },
            { title: 'wrong', ...right },
            { title: 'one of them' },
          ],
          rows,
        ),
      );
    say(`${results.length - wrong.length} of ${results.length} checks found nothing wrong`);
    if (backend === undefined) return wrong.length === 0;
    const found = await compareWithBackend(lake, await operatorAt(backend), sample);
    for (const line of found.lines) say(line);
    return wrong.length === 0 && found.isEqual;
  } finally {
    lake.close();
  }
}
