import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convertEdition } from '../../../../infra/cli/tariff/convert-edition.ts';
import { diffEditions } from '../../../../infra/cli/tariff/diff-editions.ts';
import { listEditions } from '../../../../infra/cli/tariff/list-editions.ts';
import { addTariff } from '../../../../infra/cli/tariff/tariff-command.ts';
import type { ConvertOptions } from '../../../../infra/cli/tariff/tariff-options.ts';
import { createProgress } from '../../../../infra/cli/terminal/progress.ts';
import { editionFiles } from '../../../../shared/duties/schedules/editions/index.ts';
import { encodeSchedule, openSchedule } from '../../../../shared/duties/schedules/schedule-file.ts';
import { parseLine } from '../parse-line.ts';
import { htsRow } from '../rules-convert/convert.ts';

const folder = mkdtempSync(join(tmpdir(), 'tariff-'));
const at = (name: string) => join(folder, name);
const said: string[] = [];
const say = (line: string) => said.push(line);
const fails = async () => {
  throw new Error('another verb');
};

const silent = { isTTY: false, write: () => true } as unknown as NodeJS.WriteStream;

const convert = (...args: readonly string[]) => {
  said.length = 0;
  const options = parseLine<ConvertOptions>(['tariff', 'convert', ...args], (program, give) =>
    addTariff(program, {
      import: fails,
      diff: fails,
      list: fails,
      find: fails,
      convert: async (own) => give(own),
    }),
  );
  convertEdition(options, '2026-12-01', { progress: createProgress(silent), say });
};

const rows = [
  htsRow('6109.10.00', '16.5%'),
  htsRow('6109.90.10', '32%'),
  htsRow('9102.11.10', '44¢ each + 6% on the case'),
];

beforeAll(() => {
  writeFileSync(at('old.json'), JSON.stringify(rows));
  const later = [htsRow('6109.10.00', '17%'), htsRow('6110.20.20', '16.5%'), rows[2]];
  writeFileSync(at('new.json.gz'), gzipSync(JSON.stringify(later)));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('writes the file of an edition and says what was not read', () => {
  convert(
    at('old.json'),
    '--as',
    'us-hts',
    '--edition',
    '2026-11',
    '--out',
    at('old.schedule'),
    '--list-unparsed',
  );
  expect(said).toEqual([
    'us 2026-11: 3 rows read, 3 lines: 2 with a rate, 1 without',
    '  not read: 1 x a rate for a part of the goods, such as a case, a battery or a content of metal',
    '    91021110: 44¢ each + 6% on the case',
    expect.stringMatching(/^in force from 2026-11-01, known to 2026-11-01, HS2022, \d kB$/),
    `Written to ${at('old.schedule')}`,
  ]);
  const { header, lineCount } = openSchedule(readFileSync(at('old.schedule')));
  expect(lineCount).toBe(3);
  expect(header).toMatchObject({ tariff: 'us', edition: '2026-11', provenance: 'published' });
  expect(header.source).toMatch(/; old\.json, read on 2026-12-01$/);
});

test('the header says what the command line says', () => {
  convert(
    ...[at('new.json.gz'), '--as', 'us-hts', '--edition', 'rev-20', '--valid-from', '2026-11-15'],
    ...[
      '--known-to',
      '2026-11-20',
      '--law',
      'an act of this test',
      '--review',
      'confirm it',
      '--hs',
      'HS2017',
    ],
    ...['--tariff', 'us-test', '--out', at('new.schedule')],
  );
  expect(openSchedule(readFileSync(at('new.schedule'))).header).toMatchObject({
    ...{ tariff: 'us-test', edition: 'rev-20', validFrom: '2026-11-15', knownTo: '2026-11-20', hs: 'HS2017' },
    ...{ law: 'an act of this test', review: 'confirm it' },
  });
});

test('writes nothing without a file to write', () => {
  convert(at('old.json'), '--as', 'us-hts', '--edition', '2026-11');
  expect(said.at(-1)).toBe('Nothing was written: name a file with --out');
});

test('the difference of two editions is shown by chapter and by line', () => {
  said.length = 0;
  diffEditions(at('old.schedule'), at('new.schedule'), say);
  expect(said.slice(1)).toEqual(['+ 61102020 16.5 %', '- 61099010 32 %', '~ 61091000 16.5 % -> 17 %']);
  expect(said[0]).toMatch(/61 +1 +1 +1/);
  said.length = 0;
  diffEditions('us-2025-11', 'us-2025-11', say);
  expect(said).toEqual(['The editions have the same lines and rates.']);
});

test('the difference names a line of which only the rate of an agreement is another', () => {
  const { header } = openSchedule(readFileSync(at('old.schedule')));
  for (const [name, korea] of [
    ['korea-4', '4'],
    ['korea-0', '0'],
  ] as const) {
    const preferences = { kr: { text: `${korea}%`, rate: korea } };
    const line = { code: '610910', goods: 'T-shirts', text: '16.5%', rate: '16.5', preferences };
    writeFileSync(at(name), encodeSchedule(header, [line]));
  }
  said.length = 0;
  diffEditions(at('korea-4'), at('korea-0'), say);
  expect(said.slice(1)).toEqual(['~ 610910 16.5 %, with other rates of agreements']);
});

test('lists the editions of the repository', () => {
  said.length = 0;
  listEditions(say);
  expect(said[0]?.split('\n')).toHaveLength(editionFiles.length + 2);
  expect(said[0]).toMatch(/us +2025-11 +2025-01-01 +2025-11-24 +HS2022 +22954 +high/);
});

test.each([
  [['--as', 'us-hts', '--edition', 'rev-20'], 'say from when the rates of edition rev-20 are used'],
  [
    ['--as', 'us-hts', '--edition', '2026-11', '--known-to', '2026-10-01'],
    'the edition is known to 2026-10-01, which is before its first day 2026-11-01',
  ],
  [['--as', 'hts', '--edition', '2026-11'], "option '--as <publisher>' argument 'hts' is invalid"],
  [['--edition', '2026-11'], 'error: name the publisher: --as us-hts'],
  [['--as', 'us-hts', '--edition', '2026-11', '--valid-from', 'soon'], 'It takes a day such as 2026-11-29.'],
  [
    ['--as', 'us-hts', '--edition', '2026-11', '--leave-out', 'beer'],
    'It takes codes such as 110220,120910.',
  ],
])('%j is refused with the reason', (args, reason) => {
  expect(() => convert(at('old.json'), ...args)).toThrow(reason);
});

test('codes are left out, and listed', () => {
  convert(at('old.json'), '--as', 'us-hts', '--edition', '2026-11', '--leave-out', '610990,6110');
  expect(said[0]).toBe('us 2026-11: 3 rows read, 3 lines: 1 with a rate, 2 without');
  expect(said).toContain('    61099010: 32%');
});

test('a file that does not exist, or has no line, is refused', () => {
  const as = ['--as', 'us-hts', '--edition', '2026-11'];
  expect(() => convert(at('absent.json'), ...as)).toThrow('absent.json: there is no such file');
  writeFileSync(at('empty.json'), '[]');
  expect(() => convert(at('empty.json'), ...as)).toThrow('no line of a tariff was found as us-hts');
  writeFileSync(at('other.schedule'), 'no edition');
  expect(() => diffEditions(at('other.schedule'), at('old.schedule'), say)).toThrow(
    'this is no file of an edition',
  );
  expect(() => diffEditions(at('absent'), at('old.schedule'), say)).toThrow('there is no such file');
});
