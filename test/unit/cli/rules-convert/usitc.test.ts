import { describe, expect, test } from 'vitest';
import { assessed, sums } from '../../../builders/assess.ts';
import { convert, fixture, htsFile, htsRow, rowOf, rulesWith } from './convert.ts';

describe('an export of the US schedule', () => {
  test('counts every row once', () => {
    const { schedule } = convert('usitc', ['hts.json']);
    expect(schedule).toMatchObject({ read: 27, converted: 7, inherited: 7 });
    expect(Object.fromEntries(schedule.leftOut)).toEqual({
      'headings without a rate': 7,
      'texts without a number': 1,
      'lines below a line that is not converted': 1,
      'chapter 98': 1,
      'chapter 99': 2,
    });
    expect(schedule.unconverted).toHaveLength(1);
    expect(7 + 7 + (7 + 1 + 1 + 1 + 2) + 1).toBe(27);
  });

  test('gives the rate, the description and the source of an eight-digit line', () => {
    const conversion = convert('usitc', ['hts.json']);
    expect(rowOf(conversion, 'us-61091000-2026-12-01')).toEqual({
      kind: 'tariff-line',
      id: 'us-61091000-2026-12-01',
      regime: 'us',
      tariff: 'us',
      hsPrefix: '61091000',
      goods: 'T-shirts, singlets, tank tops and similar garments, knitted or crocheted: Of cotton',
      rate: '16.5',
      validFrom: '2026-12-01',
      law: 'Harmonized Tariff Schedule of the United States, column 1 general, release 20',
      provenance: 'published',
      confidence: 'high',
    });
    // Its only statistical suffix is 00: the export has the ten digits alone, and they are the line of eight.
    expect(rowOf(conversion, 'us-65050060-2026-12-01')).toMatchObject({ hsPrefix: '65050060' });
    expect(rowOf(conversion, 'us-71132010-2026-12-01')).toMatchObject({
      goods: 'Articles of jewelry and parts thereof: Chain by weight',
    });
  });

  test('gives the preferential rates of programs that our rules name, by heading and rate', () => {
    const conversion = convert('usitc', ['hts.json']);
    expect(rowOf(conversion, 'us-pref-usmca-6109-free-2026-12-01')).toMatchObject({
      ...{ kind: 'preference', agreement: 'usmca', tariff: 'us', rate: '0' },
      when: { origins: { only: ['CA', 'MX'] }, goods: { only: ['61091000', '61099010'] } },
    });
    // 6109.90.10: Free (…) 3.2% (KR).
    expect(rowOf(conversion, 'us-pref-korus-6109-3-2-pc-2026-12-01')).toMatchObject({
      ...{ agreement: 'korus', rate: '3.2' },
      when: { origins: { only: ['KR'] }, goods: { only: ['61099010'] } },
    });
    expect(conversion.rows.filter(({ id }) => id.includes('-il-'))).toEqual([]);
  });

  test('gives the rates of another program after its agreement is named', () => {
    const agreements = new Map([
      ['IL', { code: 'us-il-fta' }],
      ['P', { code: 'cafta-dr', origins: ['CR', 'DO'] }],
    ]);
    const conversion = convert('usitc', ['hts.json'], { agreements });
    expect(rowOf(conversion, 'us-pref-us-il-fta-6109-free-2026-12-01')?.when?.origins).toEqual({
      only: ['IL'],
    });
    expect(rowOf(conversion, 'us-pref-cafta-dr-6109-free-2026-12-01')?.when?.origins).toEqual({
      only: ['CR', 'DO'],
    });
  });

  test('gives the same rules as JSON and as CSV', () => {
    expect(convert('usitc', ['hts.csv']).rows).toEqual(convert('usitc', ['hts.json']).rows);
    expect(convert('usitc', ['hts.csv']).schedule.unconverted[0]).toMatchObject({ line: 20 });
  });

  test('is refused as a whole if one rate cannot be read, with the line', () => {
    const { rows, problems } = convert('usitc', ['hts.json'], { skipUnconvertible: false });
    expect(rows).toEqual([]);
    expect(problems).toEqual([
      'hts.json:20: 9102.11.10: a rate for a part of the goods, such as a case, a battery or a content of metal: ' +
        '44¢ each + 6% on the case + 14% on the strap',
      'hts.json:13: 7113.20.10: a rate that another line or a note states: See 9822.04.15 (AU)',
    ]);
  });

  test.each([
    ['[{"indent": "1"}]', 'hts.json:1: this is not a row of the schedule: it has no htsno'],
    ['[\n{"htsno": "6109"},\n{"code": 1}\n]', 'hts.json:3: this is not a row of the schedule'],
    ['{"rows": []}', 'hts.json:1: this is not an export of the schedule'],
    ['[{"htsno": ', 'hts.json: the file is not JSON'],
    [
      'HTS Number,Indent,Description\n6109,0,Shirts\n',
      'hts.json:1: no column general, special, additionalDuties',
    ],
  ])('is refused if the file is not an export: %s', (text, message) => {
    expect(() => convert('usitc', [{ name: 'hts.json', text }])).toThrow(message);
  });

  test('lists rows without a number, rows without a rate, and rows with additional duties', () => {
    const file = htsFile([
      htsRow('61.09', '5%'),
      htsRow('6110.20.20', ''),
      htsRow('6110.20.20.10', ''),
      htsRow('0406.90.99', '8.5%', { additionalDuties: 'See 9904.06.49' }),
      htsRow('8517.13.00', 'Free'),
    ]);
    const { schedule } = convert('usitc', [file]);
    expect(schedule.unconverted.map(({ code, reason }) => [code, reason])).toEqual([
      ['6110.20.20', 'neither the line nor a line above it has a rate'],
      ['6110.20.20.10', 'neither the line nor a line above it has a rate'],
      ['0406.90.99', 'additional duties are named'],
    ]);
    // 61.09 are four digits and a rate: a line of its own.
    expect(schedule.converted).toBe(2);
  });

  test('gives no preferential rate if one line has two rates of one agreement', () => {
    const rows = [htsRow('6110.20.20', '16.5%', { special: 'Free (S) 5% (S+)' })];
    const strict = convert('usitc', [htsFile(rows)], { skipUnconvertible: false });
    expect(strict.problems).toHaveLength(2);
    const { rows: left, contradictions } = convert('usitc', [htsFile(rows)]);
    expect(left.map(({ kind }) => kind)).toEqual(['tariff-line']);
    expect(contradictions).toHaveLength(2);
  });
});

describe('a quote with the rules of the converted schedule', () => {
  const rules = () => rulesWith('usitc', ['hts.json']);
  const us = { to: 'US', currency: 'USD', freight: 0, date: '2026-12-01' } as const;

  test('charges 16.5 % and the additional duties on cotton T-shirts of China', () => {
    // 100.00 x 16.5 % = 16.50; Section 301, list 4A 7.5 % = 7.50; forced labour 12.5 % = 12.50: 36.5 %.
    const goods = [{ hsCode: '6109100012', value: 100_00 }];
    const outcome = assessed({ ...us, goods, rules: rules() });
    expect(sums(outcome).duty).toBe(36_50);
    const [own] = outcome.charges;
    expect(own).toMatchObject({ ruleId: 'us-61091000-2026-12-01', rate: '16.5' });
    // Published, so nobody has to confirm it; the repository's own rate of this line is not.
    expect(own?.needsReview).toBeUndefined();
  });

  test('charges by weight and value: 2 kg at 1.53 USD and 2 %', () => {
    // Iceland bears no layer. 2 x 1.53 = 3.06; 100.00 x 2 % = 2.00; together 5.06.
    const goods = [{ hsCode: '7113201000', value: 100_00, quantity: 4, unitWeightGrams: 500, origin: 'IS' }];
    expect(sums(assessed({ ...us, goods, rules: rules() })).duty).toBe(5_06);
  });

  test('charges by piece and value: 3 pieces at 0.40 USD and 6 %', () => {
    // 3 x 0.40 = 1.20; 50.00 x 6 % = 3.00; together 4.20.
    const goods = [{ hsCode: '9102194000', value: 50_00, quantity: 3, origin: 'IS' }];
    expect(sums(assessed({ ...us, goods, rules: rules() })).duty).toBe(4_20);
  });

  test('charges the rate of the special column for Korea with a proof of origin', () => {
    // 200.00 x 3.2 % = 6.40. Forced labour of Korea is 12.5 % less the tariff's: 9.3 % = 18.60.
    const line = { hsCode: '6109901007', value: 200_00, origin: 'KR' };
    const proven = assessed({ ...us, goods: [{ ...line, originProofs: ['korus'] }], rules: rules() });
    expect(proven.charges[0]).toMatchObject({ ruleId: 'us-pref-korus-6109-3-2-pc-2026-12-01' });
    expect(sums(proven).duty).toBe(6_40 + 18_60);
    // Without it 32 % = 64.00, which leaves nothing of the 12.5 %.
    expect(sums(assessed({ ...us, goods: [line], rules: rules() })).duty).toBe(64_00);
  });

  test('uses the repository’s rate the day before the schedule begins', () => {
    const goods = [{ hsCode: '6109100012', value: 100_00 }];
    const { charges } = assessed({ ...us, date: '2026-11-30', goods, rules: rules() });
    expect(charges[0]?.ruleId).toBe('us-610910-2025-01-01');
  });
});

test('the CSV fixture begins with a byte order mark and has the printed titles', () => {
  expect(fixture('hts.csv').text).toMatch(/^\uFEFFHTS Number,Indent,/);
});
