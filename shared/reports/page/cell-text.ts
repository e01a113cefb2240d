import { minorDigits } from '../../kernel/currency.ts';
import { formatMoney, type Money } from '../../kernel/money.ts';
import type { ColumnKind, ReportCell } from '../answer/columns.ts';

/** Writes cells for a reader: digits, separators, names of countries and dates of the locale. */
export interface CellTexts {
  /** A dash where there is no figure. */
  readonly of: (kind: ColumnKind, cell: ReportCell) => string;
  /** A line for a picture, where no element keeps the direction of a text. */
  readonly line: (text: string) => string;
  /** Short, for the axis of a picture: 12K. Of money major units, of masses grams. */
  readonly short: (value: number, kind: ColumnKind, currency?: string) => string;
}

const NONE = '–';

/** The texts of a locale by its BCP 47 tag. Throws a RangeError for a text that is no tag. */
export function cellTexts(locale: string): CellTexts {
  const whole = new Intl.NumberFormat(locale);
  const part = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames([locale, 'en'], { type: 'region' });
  const text = (kind: ColumnKind, cell: ReportCell): string => {
    if (cell === null) return NONE;
    if (typeof cell === 'object') return moneyText(locale, cell);
    if (typeof cell === 'string') {
      if (kind === 'country') return /^[A-Z]{2}$/.test(cell) ? (countries.of(cell) ?? cell) : cell;
      return kind === 'day' ? date.format(Date.parse(cell)) : cell;
    }
    if (kind === 'ratio') return part.format(cell);
    if (kind === 'duration') return durationText(locale, cell);
    return kind === 'mass' ? massText(locale, cell) : whole.format(cell);
  };
  return {
    of: text,
    line: (line) => inDirection(locale, line),
    short: (figure, kind, currency) => {
      const [shown, unit] = kind === 'mass' ? [figure / 1_000, 'kilogram'] : [figure, undefined];
      const format = new Intl.NumberFormat(locale, {
        ...{ notation: 'compact', maximumFractionDigits: 1 },
        ...(currency === undefined ? {} : { style: 'currency', currency }),
        ...(unit === undefined ? {} : { style: 'unit', unit, unitDisplay: 'short' }),
        ...(kind === 'ratio' ? { style: 'percent' } : {}),
      });
      return inDirection(locale, inParts(format, shown));
    },
  };
}

/** Marks of the Unicode bidirectional algorithm: a part from left to right, one from right to left, and their end. */
const [LEFT_TO_RIGHT, RIGHT_TO_LEFT, END] = ['\u2066', '\u2067', '\u2069'];

/** Keeps the direction of a text in a picture, whose own direction is from left to right. */
const inDirection = (locale: string, text: string): string =>
  isRightToLeft(locale) ? `${RIGHT_TO_LEFT}${text}${END}` : text;

/** A number whose sign of a currency keeps the order of its letters: UK£, and not £UK. */
function inParts(format: Intl.NumberFormat, value: number | `${number}`): string {
  if (!isRightToLeft(format.resolvedOptions().locale)) return format.format(value as number);
  return format
    .formatToParts(value as number)
    .map(({ type, value: part }) => (type === 'currency' ? `${LEFT_TO_RIGHT}${part}${END}` : part))
    .join('');
}

/** Exact: the decimal text of the amount is formatted, not a floating-point number. */
function moneyText(locale: string, given: Money): string {
  const digits = minorDigits(given.currency);
  const [major = '0'] = formatMoney(given).split(' ');
  const format = new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency: given.currency },
    ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
  });
  return inParts(format, major as `${number}`);
}

/** In the largest unit that gives one or more: 3.5 days, 12 min. */
function durationText(locale: string, seconds: number): string {
  const size = Math.abs(seconds);
  const [per, unit] =
    size >= 86_400
      ? [86_400, 'day']
      : size >= 3_600
        ? [3_600, 'hour']
        : size >= 60
          ? [60, 'minute']
          : [1, 'second'];
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(seconds / per);
}

function massText(locale: string, grams: number): string {
  const [value, unit] = Math.abs(grams) >= 1_000 ? [grams / 1_000, 'kilogram'] : [grams, 'gram'];
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(value);
}

/** Whether the locale is written from right to left. */
export function isRightToLeft(locale: string): boolean {
  const script = new Intl.Locale(locale).maximize().script ?? '';
  return ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg'].includes(script);
}
