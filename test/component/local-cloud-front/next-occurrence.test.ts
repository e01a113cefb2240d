import { describe, expect, it } from 'vitest';
import { nextOccurrence } from '../../../infra/local/front/next-occurrence.ts';

const next = (expression: string, after: string, timeZone = 'UTC'): string | undefined =>
  nextOccurrence(expression, timeZone, new Date(after))?.toISOString().replace('.000Z', 'Z');

/** The following occurrences, one after another. */
function several(count: number, expression: string, after: string, timeZone = 'UTC'): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  let from: string | undefined = after;
  while (found.length < count && from !== undefined) {
    from = next(expression, from, timeZone);
    found.push(from);
  }
  return found;
}

describe('nextOccurrence in UTC', () => {
  it.each<[string, string, string | undefined]>([
    ['cron(0 10 * * ? *)', '2026-03-01T09:59:59Z', '2026-03-01T10:00:00Z'],
    ['cron(0 10 * * ? *)', '2026-03-01T10:00:00Z', '2026-03-02T10:00:00Z'],
    ['cron(15 12 * * ? *)', '2026-12-31T12:15:00Z', '2027-01-01T12:15:00Z'],
    ['cron(0/15 * * * ? *)', '2026-03-01T10:44:10Z', '2026-03-01T10:45:00Z'],
    ['cron(*/20 8-10 * * ? *)', '2026-03-01T10:40:00Z', '2026-03-02T08:00:00Z'],
    ['cron(5,35 14 * * ? *)', '2026-03-01T14:05:00Z', '2026-03-01T14:35:00Z'],
    ['cron(10-30/10 0 * * ? *)', '2026-03-01T00:20:00Z', '2026-03-01T00:30:00Z'],
    ['cron(0 18 ? * MON-FRI *)', '2026-03-06T18:00:00Z', '2026-03-09T18:00:00Z'],
    ['cron(0 18 ? * 2-6 *)', '2026-03-06T18:00:00Z', '2026-03-09T18:00:00Z'],
    ['cron(0 8 ? * 1 *)', '2026-03-02T00:00:00Z', '2026-03-08T08:00:00Z'],
    ['cron(0 8 ? * sun,wed *)', '2026-03-02T00:00:00Z', '2026-03-04T08:00:00Z'],
    ['cron(0 8 1 * ? *)', '2026-03-01T08:00:00Z', '2026-04-01T08:00:00Z'],
    ['cron(0 8 31 * ? *)', '2026-03-31T08:00:00Z', '2026-05-31T08:00:00Z'],
    ['cron(0 0 L * ? *)', '2026-02-10T00:00:00Z', '2026-02-28T00:00:00Z'],
    ['cron(0 0 L 2 ? *)', '2026-03-01T00:00:00Z', '2027-02-28T00:00:00Z'],
    ['cron(0 0 L 2 ? *)', '2027-03-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['cron(0 0 29 2 ? *)', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['cron(0 0 29 FEB ? *)', '2096-03-01T00:00:00Z', '2104-02-29T00:00:00Z'],
    ['cron(0 0 30 2 ? *)', '2026-03-01T00:00:00Z', undefined],
    ['cron(0 9 15W * ? *)', '2026-08-01T00:00:00Z', '2026-08-14T09:00:00Z'],
    ['cron(0 9 15W * ? *)', '2026-11-01T00:00:00Z', '2026-11-16T09:00:00Z'],
    ['cron(0 9 1W * ? *)', '2026-08-01T00:00:00Z', '2026-08-03T09:00:00Z'],
    ['cron(0 9 31W * ? *)', '2026-05-01T00:00:00Z', '2026-05-29T09:00:00Z'],
    ['cron(0 9 LW * ? *)', '2026-05-01T00:00:00Z', '2026-05-29T09:00:00Z'],
    ['cron(0 9 ? * 3#2 *)', '2026-03-01T00:00:00Z', '2026-03-10T09:00:00Z'],
    ['cron(0 9 ? * FRI#5 *)', '2026-03-01T00:00:00Z', '2026-05-29T09:00:00Z'],
    ['cron(15 10 ? * 6L *)', '2026-03-01T00:00:00Z', '2026-03-27T10:15:00Z'],
    ['cron(15 10 ? * FRIL *)', '2026-03-27T10:15:00Z', '2026-04-24T10:15:00Z'],
    ['cron(0 0 ? * L *)', '2026-03-01T00:00:00Z', '2026-03-07T00:00:00Z'],
    ['cron(0 0 1 1/3 ? *)', '2026-02-01T00:00:00Z', '2026-04-01T00:00:00Z'],
    ['cron(0 0 1 JAN,JUL ? *)', '2026-02-01T00:00:00Z', '2026-07-01T00:00:00Z'],
    ['cron(0 0 1 1 ? 2028-2030)', '2026-02-01T00:00:00Z', '2028-01-01T00:00:00Z'],
    ['cron(0 0 1 1 ? 2020)', '2026-02-01T00:00:00Z', undefined],
    ['rate(5 minutes)', '2026-03-01T10:01:30Z', '2026-03-01T10:06:30Z'],
    ['rate(1 hour)', '2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z'],
    ['rate(7 days)', '2026-03-01T10:00:00Z', '2026-03-08T10:00:00Z'],
    ['at(2026-03-01T10:00:00)', '2026-03-01T09:59:59Z', '2026-03-01T10:00:00Z'],
    ['at(2026-03-01T10:00:00)', '2026-03-01T10:00:00Z', undefined],
  ])('%s after %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });
});

describe('nextOccurrence in Europe/Berlin', () => {
  const berlin = 'Europe/Berlin';

  it('follows the clock over both changes of 2026', () => {
    const daily = 'cron(0 9 * * ? *)';
    expect(several(2, daily, '2026-03-28T00:00:00Z', berlin)).toEqual([
      '2026-03-28T08:00:00Z',
      '2026-03-29T07:00:00Z',
    ]);
    expect(several(2, daily, '2026-10-24T00:00:00Z', berlin)).toEqual([
      '2026-10-24T07:00:00Z',
      '2026-10-25T08:00:00Z',
    ]);
  });

  it('skips a time that the clock never shows', () => {
    expect(several(2, 'cron(30 2 * * ? *)', '2026-03-28T00:00:00Z', berlin)).toEqual([
      '2026-03-28T01:30:00Z',
      '2026-03-30T00:30:00Z',
    ]);
    expect(several(3, 'cron(0/30 * * * ? *)', '2026-03-29T00:00:00Z', berlin)).toEqual([
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00Z',
      '2026-03-29T01:30:00Z',
    ]);
  });

  it('is due once at a time that the clock shows twice', () => {
    expect(several(2, 'cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', berlin)).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-26T01:30:00Z',
    ]);
    expect(several(3, 'cron(0/30 * * * ? *)', '2026-10-25T00:00:00Z', berlin)).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-25T02:00:00Z',
      '2026-10-25T02:30:00Z',
    ]);
    expect(next('cron(0/30 * * * ? *)', '2026-10-25T01:10:00Z', berlin)).toBe('2026-10-25T02:00:00Z');
  });

  it('takes the day of the zone, not of UTC', () => {
    expect(next('cron(30 0 1 * ? *)', '2026-06-15T00:00:00Z', berlin)).toBe('2026-06-30T22:30:00Z');
    expect(next('cron(0 0 29 2 ? *)', '2026-06-15T00:00:00Z', berlin)).toBe('2028-02-28T23:00:00Z');
    expect(next('at(2026-07-01T09:00:00)', '2026-06-15T00:00:00Z', berlin)).toBe('2026-07-01T07:00:00Z');
  });

  it('knows zones off the hour and beyond the date line', () => {
    expect(next('cron(0 9 * * ? *)', '2026-06-15T00:00:00Z', 'Asia/Kolkata')).toBe('2026-06-15T03:30:00Z');
    expect(next('cron(0 9 * * ? *)', '2026-06-15T00:00:00Z', 'Pacific/Kiritimati')).toBe(
      '2026-06-15T19:00:00Z',
    );
  });
});

describe('nextOccurrence refuses', () => {
  it.each<[string, RegExp]>([
    ['cron(0 10 * * * *)', /exactly one/],
    ['cron(0 10 ? * ? *)', /exactly one/],
    ['cron(0 10 * * ?)', /six fields/],
    ['cron(60 10 * * ? *)', /minutes/],
    ['cron(0 24 * * ? *)', /hours/],
    ['cron(0 10 32 * ? *)', /day of month/],
    ['cron(0 10 ? * 0 *)', /day of week/],
    ['cron(0 10 ? * 8 *)', /day of week/],
    ['cron(0 10 ? * MON/2 *)', /steps/],
    ['cron(0 10 ? * 2#6 *)', /week/],
    ['cron(0 10 * 13 ? *)', /month/],
    ['cron(0 10 * FOO ? *)', /month/],
    ['cron(0 10 * * ? 1969)', /year/],
    ['cron(0/0 10 * * ? *)', /step/],
    ['cron(30-10 10 * * ? *)', /backwards/],
    ['rate(0 minutes)', /rate/],
    ['rate(5 seconds)', /rate/],
    ['at(2026-02-30T10:00:00)', /at/],
    ['every day', /not a schedule expression/],
  ])('%s', (expression, message) => {
    expect(() => next(expression, '2026-01-01T00:00:00Z')).toThrow(message);
  });

  it('an unknown time zone', () => {
    expect(() => next('cron(0 1 * * ? *)', '2026-01-01T00:00:00Z', 'Europe/Nowhere')).toThrow(RangeError);
  });
});
