import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, localTimeAt, weekdayOf } from '../../../shared/slots/local-time.ts';

describe('a local time as an instant', () => {
  test.each([
    ['Europe/Berlin', '2026-12-01', '08:00', '2026-12-01T07:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01', '08:00', '2026-07-01T06:00:00.000Z'],
    ['Asia/Kolkata', '2026-12-01', '00:15', '2026-11-30T18:45:00.000Z'],
    ['America/New_York', '2026-12-01', '20:00', '2026-12-02T01:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-12-01', '08:00', '2026-11-30T18:00:00.000Z'],
    ['UTC', '2028-02-29', '23:59', '2028-02-29T23:59:00.000Z'],
  ])('%s, %s %s', (timeZone, date, time, instant) => {
    expect(instantOf(timeZone, date, time)).toBe(instant);
    expect(localTimeAt(timeZone, instant)).toEqual({ date, time });
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
  ])('%s, %s %s: what clocks put forward never show is moved on', (timeZone, date, time, instant, shown) => {
    expect(instantOf(timeZone, date, time)).toBe(instant);
    expect(localTimeAt(timeZone, instant)).toEqual({ date, time: shown });
  });

  test.each([
    // Clocks go from 03:00 back to 02:00 on 25 October 2026.
    ['Europe/Berlin', '2026-10-25', '01:59', '2026-10-24T23:59:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
  ])('%s, %s %s: what clocks put back show twice is the first', (timeZone, date, time, instant) => {
    expect(instantOf(timeZone, date, time)).toBe(instant);
  });

  test('is what the zone’s clocks show then, in any zone at any time, unless they never show it', () => {
    const zones = [
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Asia/Tehran',
      'Pacific/Chatham',
      'Africa/Casablanca',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) }),
        (timeZone, atMs) => {
          const minute = new Date(atMs - (atMs % 60_000)).toISOString();
          const { date, time } = localTimeAt(timeZone, minute);
          const again = instantOf(timeZone, date, time);
          expect(localTimeAt(timeZone, again)).toEqual({ date, time });
          // The same instant, or the first of the two at which the clocks show it.
          expect(again <= minute && Date.parse(minute) - Date.parse(again) <= 2 * 3_600_000).toBe(true);
        },
      ),
    );
  });
});

test('weekdays begin with Monday', () => {
  expect(['2026-11-23', '2026-11-28', '2026-11-29'].map(weekdayOf)).toEqual([1, 6, 7]);
});
