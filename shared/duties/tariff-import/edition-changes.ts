import type { ScheduleLine } from '../schedules/schedule.ts';
import type { Schedule } from '../schedules/schedule-file.ts';

type Line = Omit<ScheduleLine, 'goods'>;

/** The numbers of lines of a chapter that two editions do not have alike. */
export interface ChapterChange {
  readonly chapter: string;
  readonly added: number;
  readonly removed: number;
  /** The code is the same, the rate or a preference is another. */
  readonly changed: number;
}

/** What an edition changes, by chapter; chapters without a change are left out. */
export function editionChanges(before: Schedule | undefined, after: Schedule): ChapterChange[] {
  const chapters = [...new Set([...(before?.chapters ?? []), ...after.chapters])].toSorted();
  return chapters.flatMap((chapter) => {
    const old = new Map((before?.linesOf(chapter) ?? []).map((line) => [keyOf(line), contentOf(line)]));
    const current = new Map(after.linesOf(chapter).map((line) => [keyOf(line), contentOf(line)]));
    const added = [...current.keys()].filter((key) => !old.has(key)).length;
    const removed = [...old.keys()].filter((key) => !current.has(key)).length;
    const changed = [...current].filter(([key, content]) => old.has(key) && old.get(key) !== content).length;
    return added + removed + changed === 0 ? [] : [{ chapter, added, removed, changed }];
  });
}

const keyOf = ({ code, season }: Line) => `${code} ${season?.from ?? ''} ${season?.to ?? ''}`;

/** The rates of a line; the published text where a rate is not read. */
function contentOf({ rate, text, preferences = {} }: Line): string {
  const own = Object.entries(preferences)
    .map(([key, each]) => [key, each.rate ?? each.text])
    .toSorted();
  return JSON.stringify([rate ?? text, own]);
}
