import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startJob } from '../jobs/run-job.ts';
import type { Progress } from '../terminal/progress.ts';
import { sayMade } from './say-made.ts';

const count = z.int().min(0);
const outcomeSchema = z.union([
  z.object({ skipped: z.literal(true) }),
  z.object({ facts: count, objects: count, days: count, setAside: count, left: count }),
]);

/** How often a run that is at work is looked at, and how many times: it lasts ten minutes at most. */
const LOOK_MS = 1_000;
const MAX_LOOKS = 660;

/**
 * Brings the tables of the backend on this machine up to the facts: by the function that the clock starts too, so that
 * two runs never work at the same time. Gives whether everything could be read. Throws an Error where the run fails.
 */
export async function buildByJob(url: string, progress: Pick<Progress, 'say'>): Promise<boolean> {
  const all = { facts: 0, objects: 0, days: 0, setAside: 0 };
  let looks = 0;
  for (;;) {
    const { ok, outcome, message } = await startJob(url, 'ReportsEveryHourCompactLake');
    if (!ok) throw new Error(`the tables were not made: ${message}`);
    const made = outcomeSchema.parse(outcome);
    if ('skipped' in made) {
      looks += 1;
      if (looks > MAX_LOOKS) throw new Error('another run makes the tables and does not end');
      await sleep(LOOK_MS);
      continue;
    }
    for (const name of ['facts', 'objects', 'days', 'setAside'] as const) all[name] += made[name];
    if (made.left === 0) return sayMade(url, all, progress);
  }
}
