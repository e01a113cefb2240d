import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { dayOf, weekdayOf } from '../../kernel/zoned-time.ts';

/** A feast or sale on which campaigns are planned. */
export interface Feast {
  readonly code: string;
  readonly name: string;
  /** Where its date comes from. */
  readonly source: string;
  /** Its day in a year of the Gregorian calendar; undefined for a year that the table does not have. */
  readonly dayIn: (year: number) => CalendarDate | undefined;
  /** The last year of its table; absent for a feast whose day is computed. */
  readonly lastYear?: number;
}

/** A feast whose table ends soon: campaigns of later years are refused until the table has them. */
export interface FeastWarning {
  readonly code: 'feast-table-ends';
  readonly feast: string;
  readonly lastYear: number;
}

/** Warns of feasts whose table does not have the whole of the year after this one. */
export function feastWarnings(year: number): FeastWarning[] {
  return feasts.flatMap(({ code, lastYear }) =>
    lastYear !== undefined && lastYear <= year ? [{ code: 'feast-table-ends', feast: code, lastYear }] : [],
  );
}

const two = (value: number): string => String(value).padStart(2, '0');
const dateOfYear = (year: number, month: number, day: number): CalendarDate =>
  `${year}-${two(month)}-${two(day)}`;
const onDay =
  (month: number, day: number) =>
  (year: number): CalendarDate =>
    dateOfYear(year, month, day);

/** The n-th weekday of a month; 1 is Monday. */
function nthWeekday(
  year: number,
  month: number,
  { weekday, n }: { readonly weekday: number; readonly n: number },
): CalendarDate {
  const first = dateOfYear(year, month, 1);
  return dayAfter(first, ((weekday - weekdayOf(dayOf(first)) + 7) % 7) + 7 * (n - 1));
}

/** The day after the fourth Thursday of November. */
const blackFriday = (year: number): CalendarDate => dayAfter(nthWeekday(year, 11, { weekday: 4, n: 4 }), 1);

/** Easter Sunday of the western churches. */
function easter(year: number): CalendarDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const leaps = Math.floor(century / 4);
  const correction = Math.floor((8 * century + 13) / 25);
  const epact = (19 * golden + century - leaps - correction + 15) % 30;
  const shift = Math.floor((golden + 11 * epact) / 319);
  const sunday =
    (2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - (ofCentury % 4) - epact + shift + 32) % 7;
  const month = Math.floor((epact - shift + sunday + 90) / 25);
  const day = (epact - shift + sunday + month + 19) % 32;
  return dateOfYear(year, month, day);
}

/** Dates of a lunar calendar, as tables publish them. */
function tabled(dates: Readonly<Record<number, string>>): Pick<Feast, 'dayIn' | 'lastYear'> {
  return {
    lastYear: Math.max(...Object.keys(dates).map(Number)),
    dayIn: (year) => {
      const day = dates[year];
      return day === undefined ? undefined : `${year}-${day}`;
    },
  };
}

/**
 * THE REGISTRY of feasts: to add one, add one entry to this array. Moving feasts are computed, or in a table with
 * years.
 */
export const feasts: readonly Feast[] = [
  {
    ...{ code: 'lunar-new-year', name: 'Lunar New Year' },
    source: 'Hong Kong Observatory, Gregorian-Lunar Calendar Conversion Table, 2024 to 2035',
    ...tabled({
      ...{ 2024: '02-10', 2025: '01-29', 2026: '02-17', 2027: '02-06', 2028: '01-26', 2029: '02-13' },
      ...{ 2030: '02-03', 2031: '01-23', 2032: '02-11', 2033: '01-31', 2034: '02-19', 2035: '02-08' },
    }),
  },
  {
    ...{ code: 'ramadan', name: 'Beginning of Ramadan' },
    source:
      'Umm al-Qura calendar of Saudi Arabia, 1 Ramadan 1445 to 1457 AH, as in the Unicode library ICU; a sighting may move it by a day. 2030 has a second beginning on 26 December',
    ...tabled({
      ...{ 2024: '03-11', 2025: '03-01', 2026: '02-18', 2027: '02-08', 2028: '01-28', 2029: '01-16' },
      ...{ 2030: '01-05', 2031: '12-16', 2032: '12-04', 2033: '11-23', 2034: '11-12', 2035: '11-01' },
    }),
  },
  {
    ...{ code: 'diwali', name: 'Diwali' },
    source:
      'Government of India, lists of holidays, 2024 to 2026: Diwali (Deepavali). Later years by its rule, which gives the same days for these: the first day with the lunar day of the new moon at sunset in Delhi, where the new moon is at a sidereal longitude of the sun of 180 to 210 degrees (ayanamsa 24.2)',
    ...tabled({
      ...{ 2024: '10-31', 2025: '10-20', 2026: '11-08', 2027: '10-29', 2028: '10-17', 2029: '11-05' },
      ...{ 2030: '10-26', 2031: '11-14', 2032: '11-02', 2033: '10-22', 2034: '11-10', 2035: '10-30' },
    }),
  },
  {
    ...{ code: 'easter', name: 'Easter Sunday' },
    source:
      'The anonymous Gregorian algorithm in the form of Meeus, Astronomical Algorithms (1991), chapter 8, and New Scientist of 1961-03-30',
    dayIn: easter,
  },
  { code: 'valentines-day', name: "Valentine's Day", source: '14 February', dayIn: onDay(2, 14) },
  {
    ...{ code: 'mothers-day-us', name: "Mother's Day in the United States" },
    source: '36 U.S.C. 117: the second Sunday in May',
    dayIn: (year) => nthWeekday(year, 5, { weekday: 7, n: 2 }),
  },
  { code: '618', name: '618 sale', source: '18 June', dayIn: onDay(6, 18) },
  { code: 'singles-day', name: "Singles' Day", source: '11 November', dayIn: onDay(11, 11) },
  {
    ...{ code: 'black-friday', name: 'Black Friday' },
    source: '5 U.S.C. 6103: Thanksgiving is the fourth Thursday in November; the sale is on the day after',
    dayIn: blackFriday,
  },
  {
    ...{ code: 'cyber-monday', name: 'Cyber Monday' },
    source: 'The Monday after Thanksgiving',
    dayIn: (year) => dayAfter(blackFriday(year), 3),
  },
  { code: 'christmas', name: 'Christmas Day', source: '25 December', dayIn: onDay(12, 25) },
];
