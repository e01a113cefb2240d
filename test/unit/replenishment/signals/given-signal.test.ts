import { describe, expect, it } from 'vitest';
import { signalImportSchema } from '../../../../shared/replenishment/signals/given-signal.ts';

const signal = (over: object = {}) => ({
  ...{ signalId: 'bf', kind: 'campaign', markets: ['DE'], uplift: { factor: 2 } },
  ...{ days: { firstDay: '2026-11-25', lastDay: '2026-11-30' }, ...over },
});
const wrongIn = (body: object): string[] => {
  const read = signalImportSchema.safeParse(body);
  return read.success ? [] : read.error.issues.map(({ path }) => `/${path.join('/')}`);
};

describe('an import of signals', () => {
  it('takes all markets, some markets, a feast and units', () => {
    const days = { feast: 'diwali', year: 2026 };
    expect(wrongIn({ signals: [signal({ markets: ['*'], days, uplift: { unitsADay: 3 } })] })).toEqual([]);
  });

  it.each([
    ['nothing', {}, '/'],
    [
      'days that are reversed',
      { signals: [signal({ days: { firstDay: '2026-11-30', lastDay: '2026-11-01' } })] },
      '/signals/0/days/lastDay',
    ],
    [
      'a feast in a year without date',
      { signals: [signal({ days: { feast: 'diwali', year: 2099 } })] },
      '/signals/0/days/year',
    ],
    [
      'a category of five digits',
      { signals: [signal({ categories: ['69121'] })] },
      '/signals/0/categories/0',
    ],
    ['a category in words', { signals: [signal({ categories: ['69', 'mugs'] })] }, '/signals/0/categories/1'],
    ['no category', { signals: [signal({ categories: [] })] }, '/signals/0/categories'],
    ['the year 0', { signals: [signal({ days: { feast: 'easter', year: 0 } })] }, '/signals/0/days/year'],
    [
      'more days around a feast than a calendar has',
      { signals: [signal({ days: { feast: 'easter', year: 2026, daysBefore: 1e12 } })] },
      '/signals/0/days/daysBefore',
    ],
    ['a code that is named twice', { signals: [signal()], retired: ['bf'] }, '/retired/0'],
    ['a market that is no country', { signals: [signal({ markets: ['XX'] })] }, '/signals/0/markets/0'],
    ['all markets and one more', { signals: [signal({ markets: ['*', 'DE'] })] }, '/signals/0/markets'],
    ['a factor below nothing', { signals: [signal({ uplift: { factor: -1 } })] }, '/signals/0/uplift/factor'],
    [
      'a factor that is no number',
      { signals: [signal({ uplift: { factor: Number.NaN } })] },
      '/signals/0/uplift/factor',
    ],
    [
      'a factor of a thousand',
      { signals: [signal({ uplift: { factor: 1000 } })] },
      '/signals/0/uplift/factor',
    ],
    [
      'a first day alone',
      { signals: [signal({ days: { firstDay: '2026-11-25' } })] },
      '/signals/0/days/lastDay',
    ],
    ['a feast without a year', { signals: [signal({ days: { feast: 'easter' } })] }, '/signals/0/days/year'],
    ['no days', { signals: [signal({ days: {} })] }, '/signals/0/days'],
    ['two uplifts', { signals: [signal({ uplift: { factor: 1, unitsADay: 1 } })] }, '/signals/0/uplift'],
    ['a code with a space', { signals: [signal({ signalId: 'b f' })] }, '/signals/0/signalId'],
    [
      'a day that does not exist',
      { signals: [signal({ days: { firstDay: '2026-02-30', lastDay: '2026-03-01' } })] },
      '/signals/0/days/firstDay',
    ],
  ])('refuses %s', (_, body, field) => {
    expect(wrongIn(body)).toContain(field);
  });

  it('has at most a hundred signals in all', () => {
    const signals = Array.from({ length: 60 }, (_, at) => signal({ signalId: `s-${at}` }));
    const retired = Array.from({ length: 41 }, (_, at) => `r-${at}`);
    expect(wrongIn({ signals, retired })).toEqual(['/']);
  });
});
