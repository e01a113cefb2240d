import type { CompactOutcome } from '../../../shared/lake/engine/compact.ts';
import type { Progress } from '../terminal/progress.ts';
import { grouped } from '../terminal/text-table.ts';

/** Says what a run put into the tables. Gives whether everything could be read. */
export function sayMade(
  name: string,
  { facts, objects, days, setAside }: Omit<CompactOutcome, 'left'>,
  progress: Pick<Progress, 'say'>,
): boolean {
  progress.say(
    `${name}: ${grouped(facts)} facts of ${grouped(objects)} objects are in the tables; ` +
      `${grouped(days)} table days were looked at`,
  );
  return saySetAside(setAside, progress);
}

/** Says how much could not be read, if anything. Gives whether everything could be read. */
export function saySetAside(count: number, { say }: Pick<Progress, 'say'>): boolean {
  if (count > 0)
    say(`${grouped(count)} objects or lines could not be read: tables/v1/compacted.json names them`);
  return count === 0;
}
