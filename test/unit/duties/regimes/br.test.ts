import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

// The published examples reckon in dollars; a real is worth as much here except where a rate is given.
const base = { to: 'BR', region: 'SP', currency: 'USD' as const, freight: 0 };
const certified = { taxNumbers: { BR: 'RC-0001' } };
const goods = (value: number) => [{ hsCode: '610910', value }];

describe('Brazil', () => {
  it('under Remessa Conforme on 2026-12-01, USD 48 with freight bears no import duty, but ICMS', () => {
    // VA 48.00 USD x 5.40 = 259.20 BRL; 259.20 x 17 / 83 = 53.0892 -> 53.09; total 312.29.
    const outcome = assessed({
      ...base,
      currency: 'BRL',
      date: '2026-12-01',
      seller: certified,
      goods: goods(216_00),
      freight: 43_20,
      rates: { USD: '1', BRL: '5.40' },
    });
    expect(outcome.scheme).toBe('remessa-conforme');
    expect(sums(outcome)).toEqual({ duty: 0, tax: 53_09, fees: 0 });
    expect(outcome.charges[0]?.formula).toBe(
      '53.09 BRL = 259.20 BRL (goods + freight + duty) x 17 % / (100 % - 17 %)',
    );
  });

  it('on 2026-03-01 USD 50 bore 20 %, and USD 100 bore 60 % less USD 20', () => {
    const on = { ...base, date: '2026-03-01', seller: certified };
    // 50 x 20 % = 10.00; 60.00 x 17 / 83 = 12.289 -> 12.29.
    expect(sums(assessed({ ...on, goods: goods(50_00) }))).toEqual({ duty: 10_00, tax: 12_29, fees: 0 });
    // 100 x 60 % - 20 = 40.00; 140.00 x 17 / 83 = 28.6746 -> 28.67.
    expect(sums(assessed({ ...on, goods: goods(100_00) }))).toEqual({ duty: 40_00, tax: 28_67, fees: 0 });
  });

  it.each([
    // USD 50.00 and 50.01 on both sides of each date: 60 % of 50.01 is 30.006 -> 30.01, less 20 or 30.
    ['2024-07-31', 0, 30_01],
    ['2024-08-01', 10_00, 10_01],
    ['2026-05-11', 10_00, 10_01],
    ['2026-05-12', 0, 1],
  ])('on %s USD 50.00 bears %i and USD 50.01 bears %i cents of import duty', (date, within, over) => {
    const duty = (value: number) =>
      sums(assessed({ ...base, date, seller: certified, goods: goods(value) })).duty;
    expect([duty(50_00), duty(50_01)]).toEqual([within, over]);
  });

  it('outside the programme, 60 % applies to every value, and the post charges its clearance', () => {
    const on = { ...base, date: '2026-12-01', seller: {} };
    // 50 x 60 % = 30.00; 80.00 x 17 / 83 = 16.3855 -> 16.39.
    expect(sums(assessed({ ...on, goods: goods(50_00) }))).toEqual({ duty: 30_00, tax: 16_39, fees: 0 });
    expect(sums(assessed({ ...on, channel: 'post', goods: goods(50_00) })).fees).toBe(15_00);
  });

  it('ICMS is 20 % in some states since 2025-04-01, and was 17 % in all states before', () => {
    const tax = (region: string, date: string) =>
      sums(assessed({ ...base, region, date, seller: certified, goods: goods(80_00) })).tax;
    // On 2026-12-01: 60 % of 80 less 30 = 18.00; 98.00 x 20 / 80 = 24.50; x 17 / 83 = 20.0723 -> 20.07.
    expect(tax('MG', '2026-12-01')).toBe(24_50);
    expect(tax('SP', '2026-12-01')).toBe(20_07);
    // On 2025-03-31: 60 % of 80 less 20 = 28.00; 108.00 x 17 / 83 = 22.1205 -> 22.12.
    expect(tax('MG', '2025-03-31')).toBe(22_12);
    // On 2025-04-01: 108.00 x 20 / 80 = 27.00.
    expect(tax('MG', '2025-04-01')).toBe(27_00);
  });

  it('a basket over USD 3,000, or to an unknown state, is refused', () => {
    const on = { ...base, date: '2026-12-01', seller: certified };
    expect(assess({ ...on, goods: goods(3_000_01) })).toMatchObject({ reason: 'not-supported' });
    const { region: _none, ...nowhere } = on;
    expect(assess({ ...nowhere, goods: goods(50_00) })).toMatchObject({
      detail: expect.stringContaining('destination.region'),
    });
  });

  it('USD 3,000.00 is allowed; Remessa Conforme has data from 2023-08-01 on, at first without a deduction', () => {
    const duty = (date: string, value: number) =>
      sums(assessed({ ...base, date, seller: certified, goods: goods(value) })).duty;
    // 3,000 x 60 % - 30 = 1,770.00.
    expect(duty('2026-12-01', 3_000_00)).toBe(1_770_00);
    // 100 x 60 % = 60.00.
    expect([duty('2023-08-01', 50_00), duty('2023-08-01', 100_00)]).toEqual([0, 60_00]);
    expect(assess({ ...base, date: '2023-07-31', seller: certified, goods: goods(50_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('with the option on, USD 20 were deducted outside the programme too, from 2024-08-01 to 2026-05-11', () => {
    const duty = (date: string, value: number, answer: 'none' | 'usd-20') => {
      const seller = { switches: { brDeductionOutsideProgramme: answer } };
      return sums(assessed({ ...base, date, seller, goods: goods(value) })).duty;
    };
    // 100 x 60 % = 60.00, less 20.00; 50 x 60 % = 30.00.
    expect(duty('2026-05-11', 100_00, 'none')).toBe(60_00);
    expect(
      ['2024-07-31', '2024-08-01', '2026-05-11', '2026-05-12'].map((date) => duty(date, 100_00, 'usd-20')),
    ).toEqual([60_00, 40_00, 40_00, 60_00]);
    expect(duty('2026-05-11', 50_00, 'usd-20')).toBe(30_00);
  });

  it('the clearance fee of mail is owed to the post', () => {
    const outcome = assessed({
      ...base,
      date: '2026-12-01',
      seller: {},
      channel: 'post',
      goods: goods(50_00),
    });
    expect(outcome.charges.find(({ kind }) => kind === 'fee')).toMatchObject({
      owedTo: 'BR:correios',
      rate: '15.00',
    });
  });
});
