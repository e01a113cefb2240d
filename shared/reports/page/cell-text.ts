import { minorDigits } from '../../kernel/currency.ts';
import { formatMoney, type Money } from '../../kernel/money.ts';
import type { ColumnKind, ReportCell } from '../answer/columns.ts';

/** Writes cells for a reader: digits, separators, names of countries and dates of the locale. */
export interface CellTexts {
  /** A dash where there is no figure. */
  readonly of: (kind: ColumnKind, cell: ReportCell) => string;
  /** Short, for the axis of a chart: 12K. */
  readonly short: (value: number, currency?: string) => string;
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
    short: (value, currency) =>
      new Intl.NumberFormat(locale, {
        ...{ notation: 'compact', maximumFractionDigits: 1 },
        ...(currency === undefined ? {} : { style: 'currency', currency }),
      }).format(value),
  };
}

/** Exact: the decimal text of the amount is formatted, not a floating-point number. */
function moneyText(locale: string, given: Money): string {
  const digits = minorDigits(given.currency);
  const [major = '0'] = formatMoney(given).split(' ');
  return new Intl.NumberFormat(locale, {
    ...{ style: 'currency', currency: given.currency },
    ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
  }).format(major as `${number}`);
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
