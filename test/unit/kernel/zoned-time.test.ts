import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  calendarDateIn,
  dateOf,
  dayOf,
  instantAt,
  instantOf,
  localTimeAt,
  timeOfDayIn,
  weekdayOf,
} from '../../../shared/kernel/zoned-time.ts';

/** The time on the zone's clocks at an instant. */
const shownAt = (timeZone: string, instant: string) => [
  calendarDateIn(timeZone, instant),
  timeOfDayIn(timeZone, instant),
];

describe('a local time as an instant', () => {
  test.each([
    ['Europe/Berlin', '2026-12-01', '08:00', '2026-12-01T07:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01', '08:00', '2026-07-01T06:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01', '20:00', '2026-07-01T18:00:00.000Z'],
    ['Europe/Berlin', '2026-12-01', '20:00', '2026-12-01T19:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01', '00:30', '2026-06-30T22:30:00.000Z'],
    ['Europe/Berlin', '2028-02-29', '00:00', '2028-02-28T23:00:00.000Z'],
    ['Asia/Kolkata', '2026-07-01', '20:00', '2026-07-01T14:30:00.000Z'],
    ['Asia/Kolkata', '2026-06-15', '09:00', '2026-06-15T03:30:00.000Z'],
    ['Asia/Kolkata', '2026-12-01', '00:15', '2026-11-30T18:45:00.000Z'],
    ['America/New_York', '2026-12-01', '20:00', '2026-12-02T01:00:00.000Z'],
    ['Pacific/Auckland', '2026-01-01', '00:30', '2025-12-31T11:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-12-01', '08:00', '2026-11-30T18:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-06-16', '09:00', '2026-06-15T19:00:00.000Z'],
    ['UTC', '2028-02-29', '23:59', '2028-02-29T23:59:00.000Z'],
  ])('%s, %s %s', (timeZone, date, time, instant) => {
    expect(instantAt(timeZone, date, time)).toBe(instant);
    expect(shownAt(timeZone, instant)).toEqual([date, time]);
  });

  test.each([
    // Clocks go from 02:00 to 03:00 on 29 March 2026.
    ['Europe/Berlin', '2026-03-29', '01:59', '2026-03-29T00:59:00.000Z', '01:59'],
    ['Europe/Berlin', '2026-03-29', '02:00', '2026-03-29T01:00:00.000Z', '03:00'],
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z', '03:30'],
    ['Europe/Berlin', '2026-03-29', '03:00', '2026-03-29T01:00:00.000Z', '03:00'],
    // From 02:00 to 03:00 on 8 March 2026.
    ['America/New_York', '2026-03-08', '02:15', '2026-03-08T07:15:00.000Z', '03:15'],
    // By half an hour, from 02:00 to 02:30, on 4 October 2026.
    ['Australia/Lord_Howe', '2026-10-04', '02:10', '2026-10-03T15:40:00.000Z', '02:40'],
    // At midnight: from 00:00 to 01:00 on 6 September 2026.
    ['America/Santiago', '2026-09-06', '00:30', '2026-09-06T04:30:00.000Z', '01:30'],
  ])(
    '%s, %s %s: a time that the clocks skip moves forward by the length of the gap',
    (timeZone, date, time, instant, shown) => {
      expect(instantAt(timeZone, date, time)).toBe(instant);
      expect(shownAt(timeZone, instant)).toEqual([date, shown]);
    },
  );

  test.each([
    // Clocks go from 03:00 back to 02:00 on 25 October 2026.
    ['Europe/Berlin', '2026-10-25', '01:59', '2026-10-24T23:59:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
  ])(
    '%s, %s %s: of a time that the clocks show twice, the first is used',
    (timeZone, date, time, instant) => {
      expect(instantAt(timeZone, date, time)).toBe(instant);
    },
  );

  test.each([
    ['2026-10-25', '01:30', '2026-10-24T23:30:00.000Z'],
    ['2026-10-25', '09:00', '2026-10-25T08:00:00.000Z'],
    ['2026-10-25', '12:00', '2026-10-25T11:00:00.000Z'],
    ['2026-03-29', '01:30', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29', '09:00', '2026-03-29T07:00:00.000Z'],
    ['2026-03-29', '12:00', '2026-03-29T10:00:00.000Z'],
    ['2026-03-28', '09:00', '2026-03-28T08:00:00.000Z'],
    ['2026-10-24', '09:00', '2026-10-24T07:00:00.000Z'],
  ])(
    'Europe/Berlin, %s %s: on the day of a change, each time has the offset of its part of the day',
    (date, time, instant) => {
      expect(instantAt('Europe/Berlin', date, time)).toBe(instant);
    },
  );
});

describe('an instant as a local time', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'America/Sao_Paulo',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Shanghai',
    'Asia/Tehran',
    'Pacific/Chatham',
    'Africa/Casablanca',
  ];
  const moments = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });

  it('converts back to the same instant, or to the first instant at which the clocks show that time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, instantMs) => {
        const local = localTimeAt(zone, instantMs);
        const back = instantOf(zone, local);
        expect([0, 1_800_000, 3_600_000]).toContain(instantMs - back);
        expect(localTimeAt(zone, back)).toEqual(local);
      }),
    );
  });

  it('gives the same date and time when it is read from text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, instantMs) => {
        const minute = new Date(instantMs - (instantMs % 60_000)).toISOString();
        const [date = '', time = ''] = shownAt(zone, minute);
        const again = instantAt(zone, date, time);
        expect(shownAt(zone, again)).toEqual([date, time]);
        expect(again <= minute && Date.parse(minute) - Date.parse(again) <= 2 * 3_600_000).toBe(true);
      }),
    );
  });

  it('agrees with the calendar of the runtime', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (timeZone, instantMs) => {
        const date = new Intl.DateTimeFormat('en-CA', {
          timeZone,
          year: 'numeric',
          month: '2-digit',
          day: '2-digit',
        }).format(instantMs);
        expect(calendarDateIn(timeZone, new Date(instantMs).toISOString())).toBe(date);
      }),
    );
  });

  it('is refused for an unknown zone', () => {
    expect(() => localTimeAt('X/Y', 0)).toThrow(/X\/Y/);
  });
});

describe('days', () => {
  it('have a number, a date and a weekday', () => {
    expect(weekdayOf(dayOf('1969-12-31'))).toBe(3);
    expect(['2026-11-23', '2026-11-28', '2026-11-29'].map((date) => weekdayOf(dayOf(date)))).toEqual([
      1, 6, 7,
    ]);
    expect(dateOf(dayOf('2028-02-29'))).toBe('2028-02-29');
  });
});
