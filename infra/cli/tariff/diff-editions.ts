import { readFileSync } from 'node:fs';
import { rateText } from '../../../shared/duties/assess/duty-rate.ts';
import { editionFiles } from '../../../shared/duties/schedules/editions/index.ts';
import type { ScheduleLine } from '../../../shared/duties/schedules/schedule.ts';
import { openSchedule, type Schedule } from '../../../shared/duties/schedules/schedule-file.ts';
import { unreadable } from '../files/read-text-file.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { type Column, textTable } from '../terminal/text-table.ts';

const FOLDER = new URL('../../../shared/duties/schedules/editions/', import.meta.url);

type Line = Omit<ScheduleLine, 'goods'>;

export interface ChapterChanges {
  readonly chapter: string;
  readonly added: readonly Line[];
  readonly removed: readonly Line[];
  readonly changed: readonly { readonly before: Line; readonly after: Line }[];
}

/** The lines that differ between two editions, by chapter. Chapters without a difference are left out. */
export function changesBetween(before: Schedule, after: Schedule): ChapterChanges[] {
  const chapters = [...new Set([...before.chapters, ...after.chapters])].toSorted();
  return chapters.flatMap((chapter) => {
    const [old, current] = [linesByKey(before, chapter), linesByKey(after, chapter)];
    const added = [...current].flatMap(([key, line]) => (old.has(key) ? [] : [line]));
    const removed = [...old].flatMap(([key, line]) => (current.has(key) ? [] : [line]));
    const changed = [...old].flatMap(([key, line]) => {
      const next = current.get(key);
      return next === undefined || sameRate(line, next) ? [] : [{ before: line, after: next }];
    });
    return added.length + removed.length + changed.length === 0 ? [] : [{ chapter, added, removed, changed }];
  });
}

const linesByKey = (schedule: Schedule, chapter: string) =>
  new Map(schedule.linesOf(chapter).map((line) => [`${line.code} ${line.season?.from ?? ''}`, line]));

const sameRate = (a: Line, b: Line) =>
  a.rate === undefined || b.rate === undefined
    ? a.rate === b.rate && a.text === b.text
    : JSON.stringify(a.rate) === JSON.stringify(b.rate);

/** How many lines are named. */
const NAMED = 60;

const columns: readonly Column[] = [
  { title: 'chapter', align: 'left' },
  { title: 'added', align: 'right' },
  { title: 'removed', align: 'right' },
  { title: 'rate changed', align: 'right' },
];

/** Says what differs between two editions: files, or names of the repository's editions. */
export function diffEditions(a: string, b: string, say: (line: string) => void): void {
  const [before, after] = [editionAt(a), editionAt(b)];
  const changes = changesBetween(before, after);
  if (changes.length === 0) {
    say('The editions have the same lines and rates.');
    return;
  }
  const counts = changes.map(({ chapter, added, removed, changed }) =>
    [chapter, added.length, removed.length, changed.length].map(String),
  );
  say(textTable(columns, counts));
  const texts = changes.flatMap(changeTexts);
  for (const text of texts.slice(0, NAMED)) say(text);
  if (texts.length > NAMED) say(`… and ${texts.length - NAMED} more`);
}

const changeTexts = ({ added, removed, changed }: ChapterChanges): string[] => [
  ...added.map((line) => `+ ${line.code} ${rateOf(line)}`),
  ...removed.map((line) => `- ${line.code} ${rateOf(line)}`),
  ...changed.map(({ before, after }) => `~ ${before.code} ${rateOf(before)} -> ${rateOf(after)}`),
];

const rateOf = ({ rate, text }: Line) => (rate === undefined ? `not read: ${text}` : rateText(rate));

function editionAt(name: string): Schedule {
  const known = editionFiles.find((each) => each.name === name || each.name === `${name}.schedule`);
  try {
    return openSchedule(readFileSync(known === undefined ? name : new URL(known.name, FOLDER)));
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw unreadable(name, error);
    throw new BadFile(`${name}: this is no file of an edition: make one with entrepot tariff convert --out`);
  }
}
