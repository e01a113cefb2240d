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

/** The lines of a chapter that two editions do not have alike. */
export interface ChapterLines {
  readonly chapter: string;
  readonly added: readonly Line[];
  readonly removed: readonly Line[];
  /** The code is the same, the rate or a preference is another. */
  readonly changed: readonly { readonly before: Line; readonly after: Line }[];
}

/** The lines that an edition changes, by chapter; chapters without a change are left out. */
export function changedLines(before: Schedule | undefined, after: Schedule): ChapterLines[] {
  const chapters = [...new Set([...(before?.chapters ?? []), ...after.chapters])].toSorted();
  return chapters.flatMap((chapter) => {
    const old = new Map((before?.linesOf(chapter) ?? []).map((line) => [keyOf(line), line]));
    const current = new Map(after.linesOf(chapter).map((line) => [keyOf(line), line]));
    const added = [...current].flatMap(([key, line]) => (old.has(key) ? [] : [line]));
    const removed = [...old].flatMap(([key, line]) => (current.has(key) ? [] : [line]));
    const changed = [...old].flatMap(([key, line]) => {
      const next = current.get(key);
      return next === undefined || contentOf(line) === contentOf(next) ? [] : [{ before: line, after: next }];
    });
    return added.length + removed.length + changed.length === 0 ? [] : [{ chapter, added, removed, changed }];
  });
}

/** The numbers of lines that an edition changes, by chapter; chapters without a change are left out. */
export const editionChanges = (before: Schedule | undefined, after: Schedule): ChapterChange[] =>
  changedLines(before, after).map(({ chapter, added, removed, changed }) => ({
    chapter,
    added: added.length,
    removed: removed.length,
    changed: changed.length,
  }));

const keyOf = ({ code, season }: Line) => `${code} ${season?.from ?? ''} ${season?.to ?? ''}`;

/** The rates of a line; the published text where a rate is not read. */
function contentOf({ rate, text, preferences = {} }: Line): string {
  const own = Object.entries(preferences)
    .map(([key, each]) => [key, each.rate ?? each.text])
    .toSorted();
  return JSON.stringify([rate ?? text, own]);
}
