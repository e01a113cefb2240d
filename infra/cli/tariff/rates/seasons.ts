/** Days of each year as `MM-DD`, both included, the first before the second. */
interface Season {
  readonly from: string;
  readonly to: string;
}

export interface SeasonalText {
  readonly text: string;
  /** The days of the text; none where it holds on all days that no other text of the line has. */
  readonly seasons: readonly Season[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FIRST = '01-01';
const LAST = '12-31';

/**
 * Divides `8.50% (01 JAN-31 MAY, 1 NOV-31 DEC), 12.00% (01 JUN-31 OCT)` into its rates with their days. A season over
 * the end of the year is two. A text without brackets holds on the days that are left. Undefined if the days are not
 * readable, or two rates hold on one day.
 */
export function splitSeasons(text: string): SeasonalText[] | undefined {
  if (!text.includes('(')) return [{ text: text.trim(), seasons: [] }];
  const parts: SeasonalText[] = [];
  const rest = text.replace(/([^()]+)\(([^()]*)\)/g, (_, rate: string, days: string) => {
    const seasons = seasonsOf(days);
    if (seasons !== undefined) parts.push({ text: trimmed(rate), seasons });
    return seasons === undefined ? 'unreadable' : '';
  });
  const named = parts.flatMap(({ seasons }) => seasons).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (named.some((season, index) => season.from <= (named[index - 1]?.to ?? ''))) return undefined;
  const left = trimmed(rest);
  if (left === 'unreadable' || left.includes('unreadable')) return undefined;
  return left === '' ? parts : [...parts, { text: left, seasons: daysLeft(named) }];
}

const trimmed = (text: string) => text.replace(/^[\s,;]+|[\s,;]+$/g, '');

function seasonsOf(text: string): Season[] | undefined {
  const found: Season[] = [];
  for (const part of text.split(',')) {
    const [, day, month, endDay, endMonth] =
      /^(\d{1,2}) *([A-Z]{3})?[A-Z]* *- *(\d{1,2}) *([A-Z]{3})[A-Z]*$/.exec(part.trim().toUpperCase()) ?? [];
    const from = dayOf(day, month ?? endMonth);
    const to = dayOf(endDay, endMonth);
    if (from === undefined || to === undefined) return undefined;
    found.push(
      ...(from <= to
        ? [{ from, to }]
        : [
            { from, to: LAST },
            { from: FIRST, to },
          ]),
    );
  }
  return found;
}

/** A day as `MM-DD`; the last day of its month where the month is shorter. */
function dayOf(day: string | undefined, month: string | undefined): string | undefined {
  const index = MONTHS.indexOf(month ?? '');
  const number = Number(day);
  if (index === -1 || number < 1 || number > 31) return undefined;
  return dayText(index, Math.min(number, DAYS[index] ?? 31));
}

const dayText = (month: number, day: number) =>
  `${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** The days of the year that no season has. The seasons are in order. */
function daysLeft(seasons: readonly Season[]): Season[] {
  const left: Season[] = [];
  let from: string | undefined = FIRST;
  for (const season of seasons) {
    const before = from === undefined || season.from <= from ? undefined : next(season.from, -1);
    if (from !== undefined && before !== undefined) left.push({ from, to: before });
    from = season.to === LAST ? undefined : next(season.to, 1);
  }
  return from === undefined ? left : [...left, { from, to: LAST }];
}

function next(day: string, step: 1 | -1): string {
  const [month = 1, date = 1] = day.split('-').map(Number);
  // A leap year has every day.
  const moved = new Date(Date.UTC(2024, month - 1, date + step));
  return dayText(moved.getUTCMonth(), moved.getUTCDate());
}
