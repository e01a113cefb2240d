import { describe, expect, it } from 'vitest';
import { secondLastThursday } from '../../../shared/rates/published/customs-month.ts';
import { ecbDayUpTo, ecbRatesExpireAt } from '../../../shared/rates/published/publication-days.ts';
import { readEcb } from '../../../shared/rates/published/read-ecb.ts';
import {
  euMonthsDecided,
  hmrcMonthsPublished,
  latestEcbDay,
} from '../../../shared/rates/renewal/what-is-due.ts';

const months = (list: readonly { readonly month: string }[]) => list.map(({ month }) => month);

describe('rates of the European Central Bank', () => {
  it.each([
    ['a Friday', '2026-11-27', '2026-12-02'],
    ['a Monday', '2026-11-23', '2026-11-26'],
    ['Maundy Thursday: nothing until Tuesday', '2027-03-25', '2027-04-01'],
    ['the day before Christmas', '2026-12-24', '2026-12-30'],
    ['the last day of the year', '2026-12-31', '2027-01-06'],
  ])('of %s are used until the end of the day after the next publication', (_what, day, until) => {
    expect(ecbRatesExpireAt(day)).toBe(`${until}T00:00:00.000Z`);
  });

  it('of a file have an expiry of their own only where that is later than four days', () => {
    const file = (day: string) =>
      `<Envelope><Cube><Cube time='${day}'><Cube currency='USD' rate='1.1'/></Cube></Cube></Envelope>`;
    const expiry = (day: string) => {
      const read = readEcb(file(day));
      return read.ok ? read.value[0]?.expiresAt : read.errors;
    };
    expect(expiry('2027-03-25')).toBe('2027-04-01T00:00:00.000Z');
    expect(expiry('2026-11-27')).toBeUndefined();
  });

  it.each([
    // 16:05 in Central Europe is 15:05 UTC in winter and 14:05 UTC in summer.
    ['2026-11-27T15:04:59.000Z', '2026-11-26'],
    ['2026-11-27T15:05:00.000Z', '2026-11-27'],
    ['2026-07-01T14:05:00.000Z', '2026-07-01'],
    ['2026-11-29T12:00:00.000Z', '2026-11-27'],
    ['2026-12-26T12:00:00.000Z', '2026-12-24'],
  ])('at %s are those of %s', (now, day) => {
    expect(latestEcbDay(now)).toBe(day);
  });

  it('of the day before a day without a publication', () => {
    expect(ecbDayUpTo('2027-01-03')).toBe('2026-12-31');
  });
});

describe('customs rates of a month', () => {
  it.each([
    ['2026-11-18T15:00:00.000Z', ['2026-11']],
    ['2026-11-18T15:05:00.000Z', ['2026-11', '2026-12']],
    ['2026-12-31T23:00:00.000Z', ['2026-12', '2027-01']],
  ])('of the Union are decided at %s for %j', (now, decided) => {
    expect(months(euMonthsDecided(now))).toEqual(decided);
  });

  it.each([
    ['2026-11-18T23:59:59.000Z', ['2026-11']],
    ['2026-11-19T00:00:00.000Z', ['2026-11', '2026-12']],
  ])('of HM Revenue & Customs are published at %s for %j', (now, published) => {
    expect(secondLastThursday('2026-11')).toBe('2026-11-19');
    expect(months(hmrcMonthsPublished(now))).toEqual(published);
  });
});
