import { expect, test } from 'vitest';
import { splitSeasons } from '../../../../infra/cli/tariff/rates/seasons.ts';

test('a text without days holds in the whole year', () => {
  expect(splitSeasons('12.00%')).toEqual([{ text: '12.00%', seasons: [] }]);
});

test('each rate has its days, and a season over the end of the year is two', () => {
  expect(splitSeasons('8.50% (01 JAN-31 MAY, 1 NOV-31 DEC), 12.00% (01 JUN-31 OCT)')).toEqual([
    {
      text: '8.50%',
      seasons: [
        { from: '01-01', to: '05-31' },
        { from: '11-01', to: '12-31' },
      ],
    },
    { text: '12.00%', seasons: [{ from: '06-01', to: '10-31' }] },
  ]);
  expect(splitSeasons('12.00% (16 JUL - 15 JUN), 6.00% (16 JUN - 15 JUL)')?.[0]?.seasons).toEqual([
    { from: '07-16', to: '12-31' },
    { from: '01-01', to: '06-15' },
  ]);
});

test('the last text without days holds on the days that are left', () => {
  expect(splitSeasons('9.60% (01 JAN-14 APR, 1 DEC-31 DEC), 13.60%')?.[1]).toEqual({
    text: '13.60%',
    seasons: [{ from: '04-15', to: '11-30' }],
  });
});

test('a month that is named once counts for both days, and a day after its end is its last', () => {
  expect(splitSeasons('4.00% (01-31 DEC)')?.[0]?.seasons).toEqual([{ from: '12-01', to: '12-31' }]);
  expect(splitSeasons('4.00% (01 JAN-31 APR)')?.[0]?.seasons).toEqual([{ from: '01-01', to: '04-30' }]);
});

test('two rates on one day, and days that are no days, are unreadable', () => {
  expect(splitSeasons('4% (01 JAN-31 MAR), 5% (31 MAR-30 JUN)')).toBeUndefined();
  expect(splitSeasons('4% (in summer)')).toBeUndefined();
  expect(splitSeasons('4% (01 JAN-31 FOO)')).toBeUndefined();
});
