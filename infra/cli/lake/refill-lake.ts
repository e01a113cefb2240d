import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { refill } from '../../../shared/aws/lake/refill.ts';
import type { Progress } from '../terminal/progress.ts';
import { grouped } from '../terminal/text-table.ts';
import type { RefillCommandOptions } from './lake-options.ts';
import { openPlace, workFolder } from './open-place.ts';

/** More are counted and not named. */
const MAX_NAMED = 20;

/** Puts what the table has into the facts of the lake again. Gives whether every item could be read. */
export async function refillLake(
  { where, since, until, dryRun: isDryRun }: RefillCommandOptions,
  { say }: Pick<Progress, 'say'>,
): Promise<boolean> {
  const { name, store, table } = await openPlace(where);
  if (table === undefined)
    throw new Error('only the lake of a backend can be refilled: its facts are in its table');
  const folder = await workFolder();
  try {
    const { items, records, objects, unreadable } = await refill({
      ...{ table, store, folder: join(folder, 'run'), now: new Date().toISOString(), since, until, isDryRun },
    });
    say(
      `${name}: ${grouped(items)} items of the table were read; ${grouped(records)} records of ${grouped(objects)} objects ` +
        (isDryRun
          ? 'would be put into its facts'
          : 'are in its facts. `entrepot lake build` puts them into the tables'),
    );
    for (const { pk, sk } of unreadable.slice(0, MAX_NAMED)) say(`not readable: ${pk} ${sk}`);
    if (unreadable.length > 0) say(`${grouped(unreadable.length)} items could not be read`);
    return unreadable.length === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
