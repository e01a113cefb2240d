import {
  digitsOf,
  type HtsRow,
  htsRows,
  pathOf,
  plainText,
} from '../../tariff/publishers/us-hts/hts-rows.ts';
import { isUnreadable } from '../../tariff/rates/express-rate.ts';
import { readSpecialColumn, readUsitcRate } from '../../tariff/rates/usitc-rate.ts';
import {
  type Agreement,
  createCounts,
  type ReadOptions,
  type ReadSchedule,
  type ScheduleFormat,
  type ScheduleItem,
  type Unconverted,
} from './schedule.ts';

const SCHEDULE = 'Harmonized Tariff Schedule of the United States';

/** The agreement for each program of the special column that the rules name (general notes 11, 28 and 33). */
const PROGRAMS: ReadonlyMap<string, Agreement> = new Map([
  ['S', { code: 'usmca', origins: ['CA', 'MX'] }],
  ['S+', { code: 'usmca', origins: ['CA', 'MX'] }],
  ['KR', { code: 'korus', origins: ['KR'] }],
  ['AU', { code: 'us-au-fta', origins: ['AU'] }],
]);

/**
 * The Harmonized Tariff Schedule as the International Trade Commission exports it, in JSON or CSV. The general column
 * 1 is read, and of the special column 1 the programs that rules name. Lines of eight digits have rates, and lines of
 * ten digits inherit them. Chapters 98 and 99 do not classify goods, and are left out.
 */
export const usitc: ScheduleFormat = {
  regime: 'us',
  tariff: 'us',
  currency: 'USD',
  title: 'United States: column 1, from an export of the Harmonized Tariff Schedule',
  read: (files, options) => readRows(files.flatMap(htsRows), options),
};

function readRows(rows: readonly HtsRow[], options: ReadOptions): ReadSchedule {
  const left = createCounts();
  const items: ScheduleItem[] = [];
  const codes: string[] = [];
  const unconverted: Unconverted[] = [];
  const unconvertedPreferences: Unconverted[] = [];
  /** Whether the line of a code has a rate that a rule can have. */
  const rated = new Map<string, boolean>();
  const ofTen = Map.groupBy(rows.map(digitsOf).filter(isOfTen), lineOf);
  const path: string[] = [];
  let inherited = 0;
  for (const row of rows) {
    pathOf(path, row);
    const note = (reason: string, text: string) => ({
      file: row.file,
      line: row.line(),
      code: row.number,
      reason,
      text,
    });
    const digits = digitsOf(row);
    const outcome = withoutRate(row, digits, rated);
    if (outcome === 'inherited') inherited += 1;
    else if (outcome?.leftOut !== undefined) left.add(outcome.leftOut);
    else if (outcome?.reason !== undefined) unconverted.push(note(outcome.reason, row.description));
    if (outcome !== undefined) continue;
    // If a line of eight digits has only one statistical suffix, the export has only the code of ten digits.
    const single = digits.endsWith('00') && ofTen.get(lineOf(digits))?.length === 1;
    const code = single ? lineOf(digits) : digits;
    codes.push(code);
    const rate = row.additional === '' ? readUsitcRate(row.general) : { unreadable: ADDITIONAL };
    rated.set(code, !isUnreadable(rate));
    if (isUnreadable(rate)) {
      unconverted.push(note(rate.unreadable, row.additional || row.general));
      continue;
    }
    const law = `${SCHEDULE}, column 1 general, ${options.release}`;
    items.push({ kind: 'tariff-line', code, goods: goodsOf(path), rate, law });
    const special = preferencesOf(code, row.special, options);
    items.push(...special.items);
    unconvertedPreferences.push(...special.bad.map(({ reason, text }) => note(reason, text)));
  }
  const converted = items.filter(({ kind }) => kind === 'tariff-line').length;
  return {
    items,
    codes,
    read: rows.length,
    converted,
    inherited,
    leftOut: left.counts,
    unconverted,
    unconvertedPreferences,
  };
}

const ADDITIONAL = 'additional duties are named';

interface WithoutRate {
  readonly leftOut?: string;
  readonly reason?: string;
}

/** The result for a row without a rate of goods; undefined if the row has one. */
function withoutRate(
  { general }: HtsRow,
  digits: string,
  rated: ReadonlyMap<string, boolean>,
): WithoutRate | 'inherited' | undefined {
  if (digits === '') return { leftOut: 'texts without a number' };
  if (!/^\d{4}(\d\d){0,3}$/.test(digits)) return { reason: 'the number is not one of the schedule' };
  if (/^9[89]/.test(digits)) return { leftOut: `chapter ${digits.slice(0, 2)}` };
  if (general !== '') return undefined;
  if (digits.length < 8) return { leftOut: 'headings without a rate' };
  const above = isOfTen(digits) ? rated.get(lineOf(digits)) : undefined;
  if (above === true) return 'inherited';
  if (above === false) return { leftOut: 'lines below a line that is not converted' };
  return { reason: 'neither the line nor a line above it has a rate' };
}

const isOfTen = (digits: string) => digits.length === 10;
const lineOf = (digits: string) => digits.slice(0, 8);

function preferencesOf(code: string, column: string, { release, agreements }: ReadOptions) {
  const items: (ScheduleItem & { kind: 'preference' })[] = [];
  const bad: { reason: string; text: string }[] = [];
  const groups = readSpecialColumn(column);
  if (groups === undefined) return { items, bad: [{ reason: 'a special column in words', text: column }] };
  for (const { text, programs } of groups)
    for (const program of programs) {
      const agreement = agreements.get(program) ?? PROGRAMS.get(program);
      if (agreement === undefined) continue;
      const rate = readUsitcRate(text);
      const origins = agreement.origins ?? [program];
      const law = `${SCHEDULE}, column 1 special, program ${program}, ${release}`;
      if (isUnreadable(rate)) bad.push({ reason: rate.unreadable, text: `${text} (${program})` });
      else
        items.push({
          kind: 'preference',
          code,
          agreement: agreement.code,
          origins: { only: origins },
          rate,
          law,
        });
    }
  return { items, bad };
}

/** The text of the heading, and the text of the line itself. */
function goodsOf(path: readonly string[]): string {
  const texts = [path[0] ?? '', path.length > 1 ? (path.at(-1) ?? '') : '']
    .map(plainText)
    .filter((text) => text !== '');
  const all = texts.join(': ');
  return all.length > 120 ? `${all.slice(0, 119)}…` : all.padEnd(3, '.');
}
