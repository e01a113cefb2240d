import { describe, expect, test } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';
import { convert, fixture, rowOf, rulesWith } from './convert.ts';

const sheet = 'duties-import.csv';
const header = fixture(sheet).text.split('\r\n')[0]?.replace('\uFEFF', '') ?? '';
const csv = (...rows: string[]) => ({ name: 'x.csv', text: [header, ...rows].join('\n') });
const row = (
  over: Partial<Record<'code' | 'add' | 'from' | 'to' | 'duty' | 'area' | 'type', string>> = {},
) => {
  const { code = '6109100000', add = '', from = '2020-01-01', to = '', duty = '12.000 %' } = over;
  return [
    code,
    add,
    '',
    from,
    to,
    '',
    'Origin',
    'Type',
    'R1/20',
    duty,
    over.area ?? '1011',
    over.type ?? '103',
  ].join(';');
};

describe('the TARIC sheet of duties', () => {
  test('counts every row once', () => {
    const { schedule, past } = convert('taric', [sheet]);
    expect(schedule).toMatchObject({ read: 20, converted: 13, inherited: 0 });
    expect([...schedule.leftOut.values()].reduce((all, count) => all + count, 0)).toBe(4);
    expect(schedule.unconverted.map(({ line, code, reason }) => [line, code, reason])).toEqual([
      [3, '2106909800', 'a rate by composition, entry price or formula'],
      [14, '7318150000', 'a duty that depends on an additional code'],
      [15, '7318150000', 'a duty that depends on an additional code'],
    ]);
    // 6109 90 90 at 11 % ended in 2025.
    expect(past).toBe(1);
  });

  test('gives the rate of a code to all codes below it', () => {
    const conversion = convert('taric', [sheet]);
    expect(rowOf(conversion, 'eu-610910-2026-12-01')).toMatchObject({
      ...{ hsPrefix: '610910', rate: '12', goods: 'TARIC 6109 10' },
      law: 'TARIC, Third country duty, R2261/98, release 20',
    });
    expect(rowOf(conversion, 'eu-0409-2026-12-01')).toMatchObject({ hsPrefix: '0409', rate: '17.3' });
    expect(rowOf(conversion, 'eu-17049099-2027-01-01')).toMatchObject({
      ...{ validFrom: '2027-01-01', rate: { percent: '9.6', perKg: { amount: 125, currency: 'EUR' } } },
    });
  });

  test('gives the preferential rates of countries whose agreement is named', () => {
    const ids = convert('taric', [sheet]).rows.flatMap(({ kind, id }) => (kind === 'preference' ? [id] : []));
    expect(ids).toEqual([
      'eu-pref-eu-gb-tca-gb-6109-free-2026-12-01',
      'eu-pref-eu-jp-epa-jp-6109-free-2026-12-01',
    ]);
    const agreements = new Map([
      ['2005', { code: 'eu-gsp-eba', origins: ['BD', 'KH'] }],
      ['VN', { code: 'eu-vn-fta' }],
    ]);
    const named = convert('taric', [sheet], { agreements });
    expect(rowOf(named, 'eu-pref-eu-gsp-eba-2005-6109-free-2026-12-01')?.when?.origins).toEqual({
      only: ['BD', 'KH'],
    });
    expect(rowOf(named, 'eu-pref-eu-vn-fta-vn-6109-4-pc-2026-12-01')).toMatchObject({ rate: '4' });
    // A group whose countries are not stated is not converted.
    const group = convert('taric', [sheet], { agreements: new Map([['2005', { code: 'eu-gsp-eba' }]]) });
    expect(group.schedule.unconverted.map(({ reason }) => reason)).toContain(
      'origin 2005 is a group whose members are not stated',
    );
  });

  test('gives trade defence by country, and refuses goods if the duty depends on the maker', () => {
    const conversion = convert('taric', [sheet]);
    expect(rowOf(conversion, 'eu-anti-dumping-6911100090-cn-2026-12-01')).toMatchObject({
      ...{ kind: 'additional-duty', code: 'eu-anti-dumping', rate: '79', netOfTariff: false },
      when: { origins: { only: ['CN'] }, goods: { only: ['6911100090'] } },
    });
    expect(rowOf(conversion, 'eu-trade-defence-7318-cn-2026-12-01')).toMatchObject({ kind: 'not-computed' });
    expect(rowOf(conversion, 'eu-countervailing-731815-in-2026-12-01')).toMatchObject({
      ...{ kind: 'additional-duty', code: 'eu-countervailing' },
      rate: { specific: [{ minor: '4400', currency: 'EUR', per: 1_000, unit: 'kg' }] },
    });
  });

  test('gives the same rules when separated by commas and by tabs', () => {
    const { rows } = convert('taric', [sheet]);
    for (const separator of [',', '\t']) {
      const text = fixture(sheet).text.replaceAll(';', separator);
      expect(convert('taric', [{ name: 'x', text }]).rows).toEqual(rows);
    }
  });

  test.each([
    [{ code: '101210000' }, 'nine digits'],
    [{ code: '6109' }, 'the code does not have ten digits'],
    [{ from: '01/02/2020' }, 'a day that is not'],
    [{ from: '2020-02-30' }, 'a day that is not'],
    [{ from: '' }, 'a day that is not'],
    [{ to: 'soon' }, 'a day that is not'],
    [{ area: '2020' }, 'origin 2020 is a group'],
    [{ add: '2500' }, 'a duty that depends on an additional code'],
    [{ duty: '' }, 'a rate in words'],
    [{ area: '1033', type: '552' }, 'origin 1033 is a group'],
  ])('is refused as a whole if one row cannot be read, with the line: %j', (over, reason) => {
    const { problems, rows } = convert('taric', [csv(row({ code: '8507600000' }), row(over))], {
      skipUnconvertible: false,
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^x\.csv:3: /);
    expect(problems[0]).toContain(reason);
    expect(rows).toEqual([]);
  });

  test('accepts days as text and as the numbers of a workbook', () => {
    // 46054 days after 30 December 1899 is 1 February 2026.
    const { rows } = convert('taric', [csv(row({ from: '46054', to: '31-12-2027' }))], {
      validFrom: '2026-01-01',
    });
    expect(rows[0]).toMatchObject({ validFrom: '2026-02-01', validTo: '2027-12-31' });
  });

  test('is refused with the names of the missing columns', () => {
    expect(() => convert('taric', [{ name: 'x.csv', text: 'Goods code;Duty\n6109100000;12 %\n' }])).toThrow(
      'x.csv:1: no column Add code, Order No., Start date',
    );
  });

  test('is refused if a row occurs twice with two rates, and the row is named', () => {
    const { problems } = convert('taric', [csv(row(), row({ duty: '10.000 %' }))]);
    expect(problems).toEqual([expect.stringContaining('eu-610910-2026-12-01 is the id of row 1 as well')]);
  });
});

describe('a quote with the rules of the converted sheet', () => {
  const rules = () => rulesWith('taric', [sheet]);
  const eu = { to: 'DE', currency: 'EUR', freight: 0, date: '2026-12-01' } as const;

  test('charges 12 % and 79 % anti-dumping duty on tableware of China over EUR 150', () => {
    // 200.00 x 12 % = 24.00; 200.00 x 79 % = 158.00; together 182.00.
    const goods = [{ hsCode: '6911100090', value: 200_00 }];
    const outcome = assessed({ ...eu, goods, rules: rules() });
    const own = outcome.charges.filter(({ ruleId }) => ruleId.endsWith('-2026-12-01'));
    expect(own.map(({ ruleId, amount }) => [ruleId, amount.amount])).toEqual([
      ['eu-691110-2026-12-01', 24_00],
      ['eu-anti-dumping-6911100090-cn-2026-12-01', 158_00],
    ]);
  });

  test('charges 4.5 % on watches, at most 0.80 EUR a piece', () => {
    // 2 x 100.00 x 4.5 % = 9.00 is over 2 x 0.80 = 1.60.
    const goods = [{ hsCode: '9102110000', value: 200_00, quantity: 2, origin: 'JP' }];
    expect(sums(assessed({ ...eu, goods, rules: rules() })).duty).toBe(1_60);
  });

  test('is refused for a code whose rate depends on composition, and no other rate is used', () => {
    const goods = [{ hsCode: '2106909800', value: 200_00, origin: 'JP' }];
    // In Denmark, where food bears no rate of its own.
    expect(assess({ ...eu, to: 'DK', goods, rules: rules() })).toMatchObject({ reason: 'unclassified' });
  });
});
