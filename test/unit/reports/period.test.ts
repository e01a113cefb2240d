import { describe, expect, test } from 'vitest';
import { euMemberStates } from '../../../shared/kernel/country.ts';
import { publicationDayFor } from '../../../shared/reports/tax-returns/euro-rates.ts';
import { zoneOf } from '../../../shared/reports/tax-returns/member-state.ts';
import {
  dueDayOf,
  instantsOf,
  isPeriod,
  lastCorrectionDayOf,
  lastDayOf,
  periodOf,
} from '../../../shared/reports/tax-returns/period.ts';

test.each([
  ['2026-11', 'Europe/Berlin', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
  ['2026-10', 'Europe/Berlin', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
  ['2026-03', 'Europe/Dublin', '2026-03-01T00:00:00.000Z', '2026-03-31T23:00:00.000Z'],
  ['2026-Q4', 'Europe/Athens', '2026-09-30T21:00:00.000Z', '2026-12-31T22:00:00.000Z'],
])('%s in %s is from %s to %s', (period, zone, from, to) => {
  expect(instantsOf(period, zone)).toEqual({ from, to });
});

test('every month begins at the end of the month before, in every member state', () => {
  for (const state of euMemberStates) {
    const zone = zoneOf(state);
    for (let month = 1; month <= 12; month += 1) {
      const name = (of: number) => new Date(Date.UTC(2026, of - 1, 1)).toISOString().slice(0, 7);
      const { from, to } = instantsOf(name(month), zone);
      expect(instantsOf(name(month + 1), zone).from).toBe(to);
      expect(periodOf(from, 'month', zone)).toBe(name(month));
      expect(periodOf(to, 'month', zone)).toBe(name(month + 1));
    }
  }
});

test('a quarter has three months', () => {
  expect(
    ['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map((date) =>
      periodOf(`${date}T12:00:00.000Z`, 'quarter', 'Europe/Paris'),
    ),
  ).toEqual(['2026-Q1', '2026-Q1', '2026-Q2', '2026-Q4']);
});

test.each([
  ['2026-11', '2026-11-30', '2026-12-31', '2029-12-31'],
  ['2026-12', '2026-12-31', '2027-01-31', '2030-01-31'],
  ['2028-01', '2028-01-31', '2028-02-29', '2031-02-28'],
  ['2026-Q4', '2026-12-31', '2027-01-31', '2030-01-31'],
])('%s ends on %s, is due on %s and may be corrected until %s', (period, last, due, until) => {
  expect([lastDayOf(period), dueDayOf(period), lastCorrectionDayOf(period)]).toEqual([last, due, until]);
});

test.each(['2026-00', '2026-13', '2026-1', '2026-Q5', '1026-01', ''])('%j is not a period', (text) => {
  expect([isPeriod(text, 'month'), isPeriod(text, 'quarter')]).toEqual([false, false]);
});

describe('the day whose exchange rates are used', () => {
  test.each([
    ['2026-11-30', '2026-11-30', 'a Monday'],
    ['2026-10-31', '2026-11-02', 'a Saturday'],
    ['2026-05-31', '2026-06-01', 'a Sunday'],
    ['2026-12-31', '2026-12-31', 'the last of the year, which is a working day'],
    ['2024-03-31', '2024-04-02', 'Easter Sunday, before Easter Monday'],
    ['2024-03-29', '2024-04-02', 'Good Friday'],
    ['2026-04-30', '2026-04-30', 'the day before the first of May'],
    ['2027-12-25', '2027-12-27', 'Christmas on a Saturday'],
  ])('for %s is %s: %s', (last, day) => {
    expect(publicationDayFor(last)).toBe(day);
  });
});
