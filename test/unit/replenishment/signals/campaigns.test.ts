import { describe, expect, it } from 'vitest';
import { campaignDays } from '../../../../shared/replenishment/signals/campaign.ts';
import { feasts, feastWarnings } from '../../../../shared/replenishment/signals/feasts.ts';

const dayOfFeast = (code: string, year: number) => feasts.find((each) => each.code === code)?.dayIn(year);

describe('moving feasts', () => {
  it.each([
    // Published dates.
    ['easter', 2024, '2024-03-31'],
    ['easter', 2025, '2025-04-20'],
    ['easter', 2026, '2026-04-05'],
    ['easter', 2027, '2027-03-28'],
    ['easter', 2038, '2038-04-25'],
    ['easter', 1954, '1954-04-18'],
    ['black-friday', 2024, '2024-11-29'],
    ['black-friday', 2025, '2025-11-28'],
    ['black-friday', 2026, '2026-11-27'],
    ['cyber-monday', 2024, '2024-12-02'],
    ['mothers-day-us', 2026, '2026-05-10'],
    ['singles-day', 2026, '2026-11-11'],
    ['lunar-new-year', 2026, '2026-02-17'],
    ['lunar-new-year', 2027, '2027-02-06'],
    ['ramadan', 2026, '2026-02-18'],
    ['diwali', 2026, '2026-11-08'],
    ['diwali', 2030, '2030-10-26'],
    ['diwali', 2035, '2035-10-30'],
    ['lunar-new-year', 2035, '2035-02-08'],
    // A year of 354 days: in 2030 Ramadan begins twice, and the first beginning is its day.
    ['ramadan', 2030, '2030-01-05'],
    ['ramadan', 2035, '2035-11-01'],
    ['diwali', 2050, undefined],
  ])('%s of %i is on %s', (code, year, day) => {
    expect(dayOfFeast(code, year)).toBe(day);
  });
});

it('warns in the last year of a table, and not before', () => {
  expect(feastWarnings(2034)).toEqual([]);
  expect(feastWarnings(2035).map(({ feast }) => feast)).toEqual(['lunar-new-year', 'ramadan', 'diwali']);
  expect(feastWarnings(2040)[0]).toEqual({
    code: 'feast-table-ends',
    feast: 'lunar-new-year',
    lastYear: 2035,
  });
});

it('has a day of each table in every year from 2024 to its last', () => {
  for (const { dayIn, lastYear } of feasts)
    for (let year = 2024; year <= (lastYear ?? 2035); year += 1) expect(dayIn(year)).toMatch(`${year}-`);
});

describe('the days of a campaign', () => {
  it('move with their feast', () => {
    const days = (year: number) => campaignDays({ feast: 'black-friday', year, daysBefore: 2, daysAfter: 3 });
    // Black Friday is on 27 November 2026 and on 26 November 2027.
    expect(days(2026)).toEqual({ ok: true, value: { firstDay: '2026-11-25', lastDay: '2026-11-30' } });
    expect(days(2027)).toEqual({ ok: true, value: { firstDay: '2027-11-24', lastDay: '2027-11-29' } });
  });

  it.each([
    ['no-such-feast', { feast: 'yule', year: 2026, daysBefore: 0, daysAfter: 0 }],
    ['year-not-in-table', { feast: 'diwali', year: 2050, daysBefore: 0, daysAfter: 0 }],
    ['days-reversed', { firstDay: '2026-11-02', lastDay: '2026-11-01' }],
  ])('are refused with %s', (error, days) => {
    expect(campaignDays(days)).toEqual({ ok: false, error });
  });
});
