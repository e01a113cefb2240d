import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFile } from '../../../../infra/cli/rules/check-file.ts';
import { convertFile } from '../../../../infra/cli/rules/convert-file.ts';
import { addRules } from '../../../../infra/cli/rules/rules-command.ts';
import type { ConvertOptions } from '../../../../infra/cli/rules/rules-options.ts';
import { parseLine } from '../parse-line.ts';
import { htsRow } from './convert.ts';

const folder = mkdtempSync(join(tmpdir(), 'rules-convert-'));
const at = (name: string) => join(folder, name);
const hts = fileURLToPath(new URL('./fixtures/hts.json', import.meta.url));
const sheet = fileURLToPath(new URL('./fixtures/duties-import.csv', import.meta.url));
const tariff = ['6109100010.json', '6911100090.json'].map((name) =>
  fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url)),
);
const said: string[] = [];
const fails = async () => {
  throw new Error('another verb');
};
const read = (...args: readonly string[]) =>
  parseLine<ConvertOptions>(['rules', 'convert', ...args], (program, give) =>
    addRules(program, {
      import: fails,
      check: fails,
      version: fails,
      convert: async (options) => give(options),
    }),
  );
const run = (...args: string[]) => {
  said.length = 0;
  return convertFile(read(...args), '2026-12-01', (line) => said.push(line));
};

beforeAll(() => writeFileSync(at('small.json'), JSON.stringify([htsRow('6109.10.00', '16.5%')])));
afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run rules -- convert', () => {
  test.each([
    ['usitc', [hts]],
    ['uk-tariff', tariff],
    ['taric', [sheet]],
  ])('%s: the output passes the check, and a second conversion gives the same output', (format, files) => {
    const args = [format, ...files, '--skip-unconvertible', '--out'];
    expect(run(...args, at('one.json'))).toBe(true);
    expect(run(...args, at('two.json'))).toBe(true);
    expect(readFileSync(at('two.json'), 'utf8')).toBe(readFileSync(at('one.json'), 'utf8'));
    const checked: string[] = [];
    checkFile(at('one.json'), (line) => checked.push(line));
    expect(checked[0]).toMatch(/^\d+ rows without an error/);
  });

  test('reports what happened to each row', () => {
    run('usitc', hts, '--skip-unconvertible', '--out', at('x.json'));
    expect(said[0]).toBe('27 rows read = 7 converted + 7 inherited + 12 left out + 1 not converted');
    expect(said).toContain('  left out: 2 x chapter 99');
    expect(said).toContain(
      '  not converted: 1 x a rate for a part of the goods, such as a case, a battery or a content of metal',
    );
    expect(said.at(-1)).toBe(
      `Written to ${at('x.json')}, in force from 2026-12-01. Next: npm run rules -- check ${at('x.json')}`,
    );
  });

  test('writes nothing if a row cannot become a rule', () => {
    expect(run('usitc', hts, '--out', at('none.json'))).toBe(false);
    expect(said).toContain('2 problems: nothing was written');
    expect(said.at(-1)).toContain('--skip-unconvertible');
    expect(() => readFileSync(at('none.json'))).toThrow('ENOENT');
  });

  test('names the release, and the day that the user gave', () => {
    run(
      'usitc',
      at('small.json'),
      '--release',
      '2026HTSRev20',
      '--valid-from',
      '2027-01-01',
      '--out',
      at('y.json'),
    );
    const { defaults } = JSON.parse(readFileSync(at('y.json'), 'utf8')) as { defaults: object };
    expect(JSON.stringify(defaults)).toContain('column 1 general, 2026HTSRev20');
    expect(readFileSync(at('y.json'), 'utf8')).toContain('"us-61091000-2027-01-01"');
    run('usitc', at('small.json'), '--out', at('y.json'));
    expect(readFileSync(at('y.json'), 'utf8')).toContain('column 1 general, small"');
  });

  test('reads the file of the previous release', () => {
    run('usitc', at('small.json'), '--out', at('first.json'));
    writeFileSync(at('next.json'), JSON.stringify([htsRow('6110.20.20', '15%')]));
    const args = ['usitc', at('next.json'), '--previous', at('first.json'), '--valid-from', '2027-02-01'];
    expect(run(...args, '--out', at('second.json'))).toBe(true);
    const rows = (JSON.parse(readFileSync(at('second.json'), 'utf8')) as { rows: Record<string, unknown>[] })
      .rows;
    expect(rows.find(({ id }) => id === 'us-61091000-2026-12-01')).toMatchObject({ validTo: '2027-01-31' });
  });

  test('detects a workbook, and a text that is not UTF-8', () => {
    writeFileSync(at('book.xlsx'), 'PK\u0003\u0004 and so on');
    expect(() => run('taric', at('book.xlsx'), '--out', at('x.json'))).toThrow(
      'save its sheet as "CSV UTF-8"',
    );
    writeFileSync(at('latin.csv'), Buffer.from([0x61, 0x0a, 0x34, 0xa2, 0x2f]));
    expect(() => run('usitc', at('latin.csv'), '--out', at('x.json'))).toThrow(
      'latin.csv:2: the text is not UTF-8',
    );
  });

  test.each([
    [[], "missing required argument 'format'"],
    [['hs', 'a.json'], 'Allowed choices are usitc, uk-tariff, taric'],
    [['usitc'], "missing required argument 'files'"],
    [['usitc', 'a.json'], 'name the rule file to write'],
    [
      ['usitc', 'a.json', '--out', 'b.json', '--valid-from', '2026-02-30'],
      'It takes a day such as 2026-12-01.',
    ],
    [['usitc', 'a.json', '--out', 'b.json', '--agreement', 'P'], 'It takes an area'],
    [['usitc', 'a.json', '--out', 'b.json', '--agreement', 'P=x:Chile'], 'It takes an area'],
    [['usitc', 'a.json', '--outt', 'b.json'], '--outt'],
  ])('says which argument is missing: %j', (args, message) => {
    expect(() => run(...args)).toThrow(message);
  });

  test('reads trade agreements', () => {
    const args = ['--agreement', 'P=cafta-dr:CR,DO', '--agreement', 'IL=us-il-fta'];
    expect(read('usitc', 'a', '--out', 'b', ...args)).toMatchObject({
      agreements: new Map([
        ['P', { code: 'cafta-dr', origins: ['CR', 'DO'] }],
        ['IL', { code: 'us-il-fta', origins: undefined }],
      ]),
    });
  });

  test('converts a schedule of tens of thousands of rows in seconds', { timeout: 30_000 }, () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => {
      const digits = String(1_000_000 + index * 97).padStart(8, '0');
      const number = `${digits.slice(0, 4)}.${digits.slice(4, 6)}.${digits.slice(6)}`;
      return [
        htsRow(number, `${index % 30}%`, { special: 'Free (A,AU,KR,S)' }),
        htsRow(`${number}.10`, ''),
        htsRow(`${number}.20`, ''),
      ];
    }).flat();
    writeFileSync(at('large.json'), JSON.stringify(rows, null, 1));
    expect(run('usitc', at('large.json'), '--out', at('large-rules.json'))).toBe(true);
    expect(said[0]).toBe(
      '30000 rows read = 10000 converted + 20000 inherited + 0 left out + 0 not converted',
    );
  });
});
