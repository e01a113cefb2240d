import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter, hourMs } from '../../../shared/kernel/time.ts';
import { calendarDateIn } from '../../../shared/kernel/zoned-time.ts';
import {
  lastPeriodBefore,
  periodKinds,
  type ReportPeriod,
  readPeriod,
} from '../../../shared/reports/period/report-period.ts';

const now = '2100-01-01T00:00:00.000Z';

function periodOf(name: string, timeZone: string): ReportPeriod {
  const read = readPeriod(name, { timeZone, now });
  if (!read.ok) throw new Error(`${name}: ${read.error}`);
  return read.value;
}

const hoursOf = (name: string, timeZone: string) => {
  const { from, to } = periodOf(name, timeZone);
  return (Date.parse(to) - Date.parse(from)) / hourMs;
};

describe('the day of a report', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', 23, 'clocks go forward at two'],
    ['2026-10-25', 'Europe/Berlin', 25, 'clocks go back at three'],
    ['2026-03-08', 'America/New_York', 23, 'clocks go forward'],
    ['2026-11-01', 'America/New_York', 25, 'clocks go back'],
    ['2026-09-06', 'America/Santiago', 23, 'midnight is left out'],
    ['2026-04-04', 'America/Santiago', 25, 'midnight comes twice'],
    ['2026-10-04', 'Australia/Lord_Howe', 23.5, 'clocks go forward by half an hour'],
    ['2026-04-05', 'Australia/Lord_Howe', 24.5, 'clocks go back by half an hour'],
    ['2026-03-29', 'Asia/Kolkata', 24, 'clocks never change'],
    ['2026-03-29', 'UTC', 24, 'clocks never change'],
  ])('%s in %s has %d hours: %s', (day, timeZone, hours) => {
    expect(hoursOf(day, timeZone)).toBe(hours);
  });

  it('begins at midnight of the merchant, not at midnight of UTC', () => {
    expect(periodOf('2026-11-28', 'America/Los_Angeles')).toMatchObject({
      ...{ kind: 'day', from: '2026-11-28T08:00:00.000Z', to: '2026-11-29T08:00:00.000Z' },
      days: [{ day: '2026-11-28', startsAt: '2026-11-28T08:00:00.000Z' }],
    });
  });

  it('that the calendar of a zone leaves out is no period', () => {
    expect(readPeriod('2011-12-30', { timeZone: 'Pacific/Apia', now })).toEqual({
      ...{ ok: false, error: 'no-such-period' },
    });
    expect(periodOf('2011-12', 'Pacific/Apia').days).toHaveLength(30);
  });
});

describe('a week and a month', () => {
  it('are the days from Monday to Sunday, and those of the calendar month', () => {
    const week = periodOf('2026-W48', 'UTC');

    expect([week.days[0]?.day, week.days.at(-1)?.day]).toEqual(['2026-11-23', '2026-11-29']);
    expect(periodOf('2024-02', 'UTC').days).toHaveLength(29);
  });

  it.each([
    ['2026-W01', '2025-12-29'],
    ['2026-W53', '2026-12-28'],
    ['2021-W01', '2021-01-04'],
    ['2020-W53', '2020-12-28'],
  ])('%s begins on %s, as ISO 8601 counts', (week, first) => {
    expect(periodOf(week, 'UTC').days[0]?.day).toBe(first);
  });
});

describe('a name', () => {
  it.each([
    ...['', '2026', '2026-13', '2026-00', '2026-W00', '2026-W54', '2025-W53', '2026-02-29', '2026-11-31'],
    ...['26-11-28', '2026-11-28T00:00', '2026-Q4', ' 2026-11', '2026-w48', '１999-11'],
  ])('%j is of no period', (name) => {
    expect(readPeriod(name, { timeZone: 'UTC', now })).toEqual({ ok: false, error: 'no-such-period' });
  });

  it('of a period that has not begun where the merchant is, is refused', () => {
    const at = (instant: string, timeZone: string) => readPeriod('2026-11-29', { timeZone, now: instant });

    expect(at('2026-11-28T20:00:00.000Z', 'Asia/Tokyo')).toMatchObject({ ok: true });
    expect(at('2026-11-28T20:00:00.000Z', 'UTC')).toEqual({ ok: false, error: 'period-in-the-future' });
    expect(at('2026-11-29T07:59:59.999Z', 'America/Los_Angeles')).toMatchObject({ ok: false });
  });

  it('of a running period says that it is not over', () => {
    const isOverAt = (instant: string) => readPeriod('2026-11', { timeZone: 'UTC', now: instant });

    expect(isOverAt('2026-11-29T12:00:00.000Z')).toMatchObject({ value: { isOver: false } });
    expect(isOverAt('2026-12-01T00:00:00.000Z')).toMatchObject({ value: { isOver: true } });
  });

  it('of the last period that is over', () => {
    const at = { timeZone: 'Europe/Berlin', now: '2026-11-29T23:30:00.000Z' };

    expect(periodKinds.map((kind) => lastPeriodBefore(kind, at))).toEqual([
      '2026-11-29',
      '2026-W48',
      '2026-10',
    ]);
    expect(lastPeriodBefore('week', { ...at, now: '2026-11-29T22:30:00.000Z' })).toBe('2026-W47');
    expect(lastPeriodBefore('month', { ...at, now: '2026-12-31T23:00:00.000Z' })).toBe('2026-12');
  });
});

describe('the days of a period, in any zone', () => {
  const zones = [
    ...['Europe/Berlin', 'America/New_York', 'America/Santiago', 'America/Havana', 'Asia/Beirut'],
    ...['Africa/Cairo', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Asia/Kathmandu', 'America/St_Johns'],
  ];
  const dates = fc.integer({ min: 0, max: 20_000 }).map((days) => dayAfter('2000-01-01', days));

  it('follow each other without a gap, and each begins on its own date', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), dates, (timeZone, date) => {
        const { days, from, to } = periodOf(date.slice(0, 7), timeZone);
        expect([days[0]?.startsAt, days.at(-1)?.endsAt]).toEqual([from, to]);
        for (const [index, { day, startsAt, endsAt }] of days.entries()) {
          expect(calendarDateIn(timeZone, startsAt)).toBe(day);
          const beforeEnd = new Date(Date.parse(endsAt) - 1).toISOString();
          expect(calendarDateIn(timeZone, beforeEnd)).toBe(day);
          if (index > 0) expect(days[index - 1]?.endsAt).toBe(startsAt);
          const hours = (Date.parse(endsAt) - Date.parse(startsAt)) / hourMs;
          expect(hours).toBeGreaterThanOrEqual(23);
          expect(hours).toBeLessThanOrEqual(25);
        }
      }),
      { numRuns: 150 },
    );
  });
});
