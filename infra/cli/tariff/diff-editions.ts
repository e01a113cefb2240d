import { readFileSync } from 'node:fs';
import { rateText } from '../../../shared/duties/assess/duty-rate.ts';
import { editionFiles } from '../../../shared/duties/schedules/editions/index.ts';
import type { ScheduleLine } from '../../../shared/duties/schedules/schedule.ts';
import { openSchedule, type Schedule } from '../../../shared/duties/schedules/schedule-file.ts';
import { type ChapterLines, changedLines } from '../../../shared/duties/tariff-import/edition-changes.ts';
import { unreadable } from '../files/read-text-file.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { type Column, textTable } from '../terminal/text-table.ts';

const FOLDER = new URL('../../../shared/duties/schedules/editions/', import.meta.url);

type Line = Omit<ScheduleLine, 'goods'>;

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
  const changes = changedLines(before, after);
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

const changeTexts = ({ added, removed, changed }: ChapterLines): string[] => [
  ...added.map((line) => `+ ${line.code} ${rateOf(line)}`),
  ...removed.map((line) => `- ${line.code} ${rateOf(line)}`),
  ...changed.map(({ before, after }) => `~ ${before.code} ${changeOf(rateOf(before), rateOf(after))}`),
];

const changeOf = (before: string, after: string) =>
  before === after ? `${after}, with other rates of agreements` : `${before} -> ${after}`;

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
