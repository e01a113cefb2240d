import { describe, expect, test } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';
import { convert, fixture, rowOf, rulesWith } from './convert.ts';

const shirts = '6109100010.json';
const tableware = '6911100090.json';

describe('commodities of the UK Trade Tariff API', () => {
  test('are counted, every measure once', () => {
    const { schedule } = convert('uk-tariff', [shirts, tableware]);
    expect(schedule).toMatchObject({ read: 11, converted: 7, inherited: 0 });
    expect(Object.fromEntries(schedule.leftOut)).toEqual({
      'measure type 145: needs an authorisation': 1,
      'measure type 305 (Value added tax)': 1,
      'preferences of an origin without a named agreement (see --agreement)': 1,
    });
    expect(schedule.unconverted.map(({ line, reason, text }) => [line, reason, text])).toEqual([
      [12, 'a duty that depends on an additional code', 'Definitive anti-dumping duty of VN: 17.60 %'],
    ]);
  });

  test('give the third country duty of all countries, and the duty of the Crown Dependencies separately', () => {
    const conversion = convert('uk-tariff', [shirts]);
    expect(rowOf(conversion, 'gb-6109100010-2026-12-01')).toEqual({
      kind: 'tariff-line',
      id: 'gb-6109100010-2026-12-01',
      regime: 'gb',
      tariff: 'gb',
      hsPrefix: '6109100010',
      goods: '6109100010: T-shirts',
      rate: '12',
      validFrom: '2026-12-01',
      law: 'UK Integrated Tariff, measure type 103 Third country duty, C2100001, release 20',
      provenance: 'published',
      confidence: 'high',
    });
    expect(rowOf(conversion, 'gb-6109100010-1080-2026-12-01')).toMatchObject({
      ...{ rate: '0', when: { origins: { only: ['GG', 'JE'] } } },
    });
  });

  test('give preferential rates for the countries of their area, until their last day', () => {
    const conversion = convert('uk-tariff', [shirts]);
    const tca = rowOf(conversion, 'gb-pref-eu-gb-tca-1013-6109-free-2026-12-01');
    // The area's 27 members; EU is no country.
    const members = tca?.when?.origins as { only: string[] } | undefined;
    expect(members?.only).toHaveLength(27);
    expect(rowOf(conversion, 'gb-pref-gb-au-fta-au-6109-2-5-pc-2026-12-01-to-2027-12-31')).toMatchObject({
      ...{ agreement: 'gb-au-fta', rate: '2.5', validTo: '2027-12-31' },
    });
    const agreements = new Map([['VN', { code: 'gb-vn-fta' }]]);
    expect(
      rowOf(convert('uk-tariff', [shirts], { agreements }), 'gb-pref-gb-vn-fta-vn-6109-3-6-pc-2026-12-01'),
    ).toMatchObject({ rate: '3.6', when: { origins: { only: ['VN'] } } });
  });

  test('refuse goods whose trade defence cannot be expressed as a rule', () => {
    expect(rowOf(convert('uk-tariff', [tableware]), 'gb-trade-defence-6911-vn-2026-12-01')).toMatchObject({
      ...{ kind: 'not-computed', reason: 'trade-defence' },
      when: { origins: { only: ['VN'] }, goods: { only: ['6911100090'] } },
    });
  });

  test('give no rule for a measure that has ended, and a later start for a measure of a later day', () => {
    const text = fixture(shirts)
      .text.replace('"effective_end_date": "2027-12-31', '"effective_end_date": "2026-11-30')
      .replace('"effective_start_date": "2021-01-01', '"effective_start_date": "2027-04-01');
    const conversion = convert('uk-tariff', [{ name: shirts, text }]);
    expect(conversion.past).toBe(1);
    expect(rowOf(conversion, 'gb-6109100010-2027-04-01')?.validFrom).toBe('2027-04-01');
  });

  test('do not apply a measure to the countries that it excludes', () => {
    const text = fixture(shirts).text.replaceAll(
      '"excluded_countries": {"data": []}',
      '"excluded_countries": {"data": [{"id": "DE", "type": "geographical_area"}]}',
    );
    const conversion = convert('uk-tariff', [{ name: shirts, text }]);
    const tca = rowOf(conversion, 'gb-pref-eu-gb-tca-1013-6109-free-2026-12-01')?.when?.origins;
    expect((tca as { only: string[] } | undefined)?.only.filter((country) => /^D/.test(country))).toEqual([
      'DK',
    ]);
    expect(rowOf(conversion, 'gb-6109100010-1011-2026-12-01')).toMatchObject({
      when: { origins: { except: ['DE'] } },
    });
  });

  test.each([
    [{ errors: [{ detail: 'not found' }] }, 'this is not a commodity of the API: data'],
    [{ data: { id: '1', type: 'commodity' } }, 'it has no goods_nomenclature_item_id'],
  ])('are refused if the file does not contain commodities', (json, message) => {
    const file = { name: 'x.json', text: JSON.stringify(json) };
    expect(() => convert('uk-tariff', [file])).toThrow(message);
  });

  test.each([
    ['"children_geographical_areas": {"data": [', '"others": {"data": [', 'whose members are not stated'],
    ['"duty_expression_id": "01"', '"duty_expression_id": "12"', 'a rate by composition'],
    ['"monetary_unit_code": null', '"monetary_unit_code": "GBP"', 'a unit that a product does not state'],
    ['"measurement_unit_code": null', '"measurement_unit_code": "HLT"', 'in a currency other than'],
    ['"duty_amount": 12.0', '"duty_amount": null', 'a rate in words'],
  ])('are not converted if they are uncertain: %s', (before, after, reason) => {
    const text = fixture(shirts).text.replaceAll(before, after);
    const { schedule } = convert('uk-tariff', [{ name: shirts, text }]);
    expect(schedule.unconverted.map((each) => each.reason).join()).toContain(reason);
  });
});

describe('a quote with the rules of the converted commodities', () => {
  const rules = () => rulesWith('uk-tariff', [shirts, tableware], { validFrom: '2026-12-01' });
  const gb = { to: 'GB', currency: 'GBP', freight: 0, date: '2026-12-01' } as const;

  test('charges 12 % on cotton T-shirts of China over GBP 135', () => {
    const goods = [{ hsCode: '6109100010', value: 200_00 }];
    const outcome = assessed({ ...gb, goods, rules: rules() });
    // 200.00 x 12 % = 24.00; VAT (200.00 + 24.00) x 20 % = 44.80.
    expect(sums(outcome)).toMatchObject({ duty: 24_00, tax: 44_80 });
    expect(outcome.charges[0]).toMatchObject({ ruleId: 'gb-6109100010-2026-12-01' });
  });

  test('charges 2.5 % for Australia with a proof of origin until the end of 2027, then the third country duty', () => {
    const goods = [{ hsCode: '6109100010', value: 200_00, origin: 'AU', originProofs: ['gb-au-fta'] }];
    const duty = (date: string) => sums(assessed({ ...gb, date, goods, rules: rules() })).duty;
    expect(duty('2027-12-31')).toBe(5_00);
    // The repository's own preference, 0 %, holds for the goods of its chapters again.
    expect(duty('2028-01-01')).toBe(0);
  });

  test('charges 4.5 % with a minimum of 0.30 and a maximum of 0.80 GBP a piece', () => {
    const line = { hsCode: '6911100090', origin: 'JP', quantity: 10 };
    const duty = (value: number) =>
      sums(assessed({ ...gb, goods: [{ ...line, value }], rules: rules() })).duty;
    // 140.00 x 4.5 % = 6.30, between 3.00 and 8.00; 200.00 x 4.5 % = 9.00 is over 8.00.
    expect(duty(140_00)).toBe(6_30);
    expect(duty(200_00)).toBe(8_00);
  });

  test('is refused for goods of Viet Nam with trade defence that is not computed, and names the goods', () => {
    const goods = [{ hsCode: '6911100090', origin: 'VN', value: 200_00 }];
    expect(assess({ ...gb, goods, rules: rules() })).toMatchObject({
      ...{ reason: 'trade-defence', detail: expect.stringContaining('additional code') },
    });
  });
});
