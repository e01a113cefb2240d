import { expect, it } from 'vitest';
import { readSignals } from '../../../../infra/cli/replenish/signals/read-signals.ts';
import { addSignals } from '../../../../infra/cli/replenish/signals/signals-command.ts';
import type { SignalsOptions } from '../../../../infra/cli/replenish/signals/signals-options.ts';
import { parseLine } from '../parse-line.ts';

const HEAD =
  'signalId,kind,markets,skus,firstDay,lastDay,feast,year,daysBefore,daysAfter,factor,unitsADay,stockDaysBefore';
const file = (...lines: string[]) => [HEAD, ...lines].join('\n');

it('a file gives days or a feast, a factor or units, and several markets and SKUs', () => {
  const read = readSignals(
    file(
      'bf,campaign,de at,MUG  TEE,,,black-friday,2026,2,3,2.5,,7',
      'heat,feed,*,,2026-07-01,2026-07-03,,,,,,-12,',
    ),
  );
  expect(read).toEqual({
    ok: true,
    signals: [
      {
        line: 2,
        body: {
          ...{ signalId: 'bf', kind: 'campaign', markets: ['DE', 'AT'], skus: ['MUG', 'TEE'] },
          days: { feast: 'black-friday', year: 2026, daysBefore: 2, daysAfter: 3 },
          ...{ uplift: { factor: 2.5 }, stockDaysBefore: 7 },
        },
      },
      {
        line: 3,
        body: {
          ...{ signalId: 'heat', kind: 'feed', markets: ['*'] },
          ...{ days: { firstDay: '2026-07-01', lastDay: '2026-07-03' }, uplift: { unitsADay: -12 } },
        },
      },
    ],
  });
});

it('a file names categories of goods', () => {
  const read = readSignals(
    'signalId,kind,markets,categories,feast,year,factor\nx,campaign,*,6912 61,easter,2027,2',
  );
  expect(read).toMatchObject({ signals: [{ body: { signalId: 'x', categories: ['6912', '61'] } }] });
});

it('a German spreadsheet writes decimals with a comma', () => {
  const read = readSignals(
    'signalId;kind;markets;firstDay;lastDay;factor\nx;holiday;DE;2026-10-03;2026-10-03;0,6',
  );
  expect(read).toMatchObject({ signals: [{ body: { uplift: { factor: 0.6 } } }] });
});

it('every wrong row is named with its line', () => {
  const read = readSignals(
    file(
      'a,holiday,DE,,,,,,,,1.5,,',
      'b,holiday,DE,,2026-01-01,2026-01-01,easter,2026,,,1.5,,',
      'c,holiday,DE,,2026-01-01,2026-01-01,,,,,1.5,4,',
      'd,holiday,DE,,2026-01-01,2026-01-01,,,,,half,,',
    ),
  );
  expect(read.ok ? [] : read.errors.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    '2: either firstDay and lastDay, or feast and year',
    '3: either firstDay and lastDay, or feast and year',
    '4: either factor or unitsADay',
    '5: factor: "half" is not a number',
  ]);
  expect(readSignals('kind,markets')).toMatchObject({ errors: [{ reason: 'missing columns: signalId' }] });
});

it('the command imports a file, retires codes, or lists', () => {
  const options = (...args: string[]) =>
    parseLine<SignalsOptions>(['signals', ...args], (program, give) =>
      addSignals(program, async (given) => give(given)),
    );
  expect(options('a.csv', '--dry-run')).toMatchObject({ dryRun: true, retire: [] });
  expect(options('--retire', 'bf', 'x')).toMatchObject({ file: undefined, retire: ['bf', 'x'] });
  expect(options()).toMatchObject({ file: undefined, retire: [], json: false });
});
