import { counted } from '../../files/problems.ts';
import { type Conversion, unconvertedText } from './convert-schedule.ts';
import type { Unconverted } from './schedule.ts';

/** How many examples of each reason are shown. */
const EXAMPLES = 3;
const PROBLEMS = 40;

/** The result of a conversion as lines of text. Each row of the files is counted once. */
export function conversionReport(conversion: Conversion): string[] {
  const { schedule, rows, ended, past, beside, contradictions, problems } = conversion;
  const { read, converted, inherited, leftOut, unconverted, unconvertedPreferences } = schedule;
  const left = [...leftOut.values()].reduce((all, count) => all + count, 0);
  const kinds = [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, own]) => `${own.length} ${kind}`);
  return [
    `${read} rows read = ${converted} converted + ${inherited} inherited + ${left} left out + ${unconverted.length} not converted`,
    ...[...leftOut].toSorted(byCount).map(([reason, count]) => `  left out: ${count} x ${reason}`),
    ...reasonsOf('not converted', unconverted),
    ...reasonsOf('preference not converted', unconvertedPreferences),
    ...contradictions.slice(0, EXAMPLES).map((text) => `  in no rule: ${text}`),
    ...(contradictions.length > EXAMPLES ? [`  … ${contradictions.length} such preferences in all`] : []),
    ...(past === 0
      ? []
      : [`  ${past} of the converted rows had ended before the first day, and are in no rule`]),
    ...(problems.length > 0
      ? problemsOf(problems)
      : [`${counted(rows.length, 'rule')}: ${kinds.join(', ')}`]),
    ...(ended.length === 0 ? [] : [`${ended.length} of them end earlier rows: ${some(ended)}`]),
    ...(beside.length === 0
      ? []
      : [`these rules stay in force too; end those that the schedule replaces: ${some(beside)}`]),
  ];
}

function reasonsOf(title: string, notes: readonly Unconverted[]): string[] {
  return [...Map.groupBy(notes, ({ reason }) => reason)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([reason, own]) => [
      `  ${title}: ${own.length} x ${reason}`,
      ...own.slice(0, EXAMPLES).map((note) => `    ${unconvertedText(note)}`),
    ]);
}

function problemsOf(problems: readonly string[]): string[] {
  const more = problems.length - PROBLEMS;
  return [
    ...problems.slice(0, PROBLEMS),
    ...(more > 0 ? [`… and ${more} more`] : []),
    `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}: nothing was written`,
  ];
}

const some = (ids: readonly string[]) =>
  ids.length > 12 ? `${ids.slice(0, 12).join(', ')} and ${ids.length - 12} more` : ids.join(', ');

const byCount = ([a, x]: readonly [string, number], [b, y]: readonly [string, number]) =>
  y - x || (a < b ? -1 : 1);
