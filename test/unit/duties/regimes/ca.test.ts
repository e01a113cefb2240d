import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../../builders/assess.ts';

const base = {
  to: 'CA',
  region: 'ON',
  currency: 'CAD' as const,
  date: '2026-12-01',
  freight: 15_00,
};
const shirts = (value: number) => [{ hsCode: '610910', value }];

describe('Canada', () => {
  it('T-shirts of CAD 100 to Ontario bear 18 % duty, and 13 % HST on the value with duty and without freight', () => {
    // 100.00 x 18 % = 18.00; 118.00 x 13 % = 15.34.
    expect(sums(assessed({ ...base, goods: shirts(100_00) }))).toEqual({ duty: 18_00, tax: 15_34, fees: 0 });
  });

  it('CAD 20.00 is free, and CAD 20.01 is not', () => {
    expect(sums(assessed({ ...base, goods: shirts(20_00) }))).toEqual({ duty: 0, tax: 0, fees: 0 });
    // 20.01 x 18 % = 3.6018 -> 3.60; 23.61 x 13 % = 3.0693 -> 3.07.
    expect(sums(assessed({ ...base, goods: shirts(20_01) }))).toEqual({ duty: 3_60, tax: 3_07, fees: 0 });
  });

  it('from the United States by courier, tax begins over CAD 40 and duty over CAD 150; by post, over CAD 20', () => {
    const fromUs = { ...base, from: 'US' };
    expect(sums(assessed({ ...fromUs, goods: shirts(40_00) }))).toEqual({ duty: 0, tax: 0, fees: 0 });
    // 150.00 x 13 % = 19.50.
    expect(sums(assessed({ ...fromUs, goods: shirts(150_00) }))).toEqual({ duty: 0, tax: 19_50, fees: 0 });
    // 150.01 x 18 % = 27.0018 -> 27.00; 177.01 x 13 % = 23.0113 -> 23.01.
    expect(sums(assessed({ ...fromUs, goods: shirts(150_01) }))).toEqual({
      duty: 27_00,
      tax: 23_01,
      fees: 0,
    });
    // 40.01 x 13 % = 5.2013 -> 5.20, from Mexico as well.
    for (const from of ['US', 'MX'])
      expect(sums(assessed({ ...base, from, goods: shirts(40_01) }))).toEqual({
        duty: 0,
        tax: 5_20,
        fees: 0,
      });
    // 40.00 x 18 % = 7.20; 47.20 x 13 % = 6.136 -> 6.14; Canada Post takes 9.95.
    expect(sums(assessed({ ...fromUs, channel: 'post', goods: shirts(40_00) }))).toEqual({
      duty: 7_20,
      tax: 6_14,
      fees: 9_95,
    });
  });

  it.each([
    ['AB', '2026-12-01', 5_00],
    ['NB', '2026-12-01', 15_00],
    ['NS', '2025-03-31', 15_00],
    ['NS', '2025-04-01', 14_00],
  ])('the tax is the tax of the province: %s on %s', (region, date, tax) => {
    const goods = [{ hsCode: '847130', value: 100_00 }];
    expect(sums(assessed({ ...base, region, date, goods })).tax).toBe(tax);
  });

  it('chocolate is refused, and so are leaflets in provinces with HST; books bear 5 % everywhere', () => {
    const of = (hsCode: string) => [{ hsCode, value: 100_00 }];
    expect(assess({ ...base, goods: of('180690') })).toMatchObject({ reason: 'not-supported' });
    expect(assess({ ...base, goods: of('490110') })).toMatchObject({ reason: 'not-supported' });
    // 100.00 x 5 % = 5.00, in Ontario too: the provincial 8 % is rebated (GI-065).
    for (const region of ['AB', 'ON', 'NB'])
      expect(sums(assessed({ ...base, region, goods: of('490199') })).tax).toBe(5_00);
  });

  it('garments of babies bear 5 % in Ontario, Nova Scotia and Prince Edward Island, and 15 % in New Brunswick', () => {
    const tax = (region: string) =>
      sums(assessed({ ...base, region, from: 'US', goods: [{ hsCode: '611120', value: 100_00 }] })).tax;
    // 100.00 of the United States bears no duty up to CAD 150; x 5 % = 5.00 (GI-063), x 15 % = 15.00.
    expect(['ON', 'NS', 'PE', 'NB'].map(tax)).toEqual([5_00, 5_00, 5_00, 15_00]);
  });

  it('a place without a province is refused, and so is a province with its own tax at the border', () => {
    const { region: _none, ...nowhere } = base;
    expect(assess({ ...nowhere, goods: shirts(100_00) })).toMatchObject({
      reason: 'not-supported',
      detail: expect.stringContaining('destination.region'),
    });
    expect(assess({ ...base, region: 'QC', goods: shirts(100_00) })).toMatchObject({
      reason: 'not-supported',
    });
  });

  it('Canada Post takes its fee if duty or tax is due', () => {
    const mail = (value: number) => assessed({ ...base, channel: 'post', goods: shirts(value) });
    expect(sums(mail(20_00)).fees).toBe(0);
    expect(mail(20_01).charges.find(({ kind }) => kind === 'fee')).toMatchObject({
      amount: { amount: 9_95, currency: 'CAD' },
      owedTo: 'CA:canada-post',
    });
  });

  it('the thresholds have data from 2020-07-01 on', () => {
    const on = (date: string) => assess({ ...base, from: 'US', date, goods: shirts(150_00) });
    expect(on('2020-06-30')).toMatchObject({ reason: 'not-supported' });
    expect(on('2020-07-01')).not.toHaveProperty('reason');
  });

  it('steel and aluminium are refused, of China from 2024-10-22 and of the United States from 2025-03-13', () => {
    const of = (date: string, origin: string) =>
      assess({ ...base, date, goods: [{ hsCode: '732393', value: 100_00, origin }] });
    expect(of('2025-03-12', 'US')).toMatchObject({ reason: 'unclassified' });
    expect(of('2025-03-13', 'US')).toMatchObject({ reason: 'not-supported' });
    expect(of('2024-10-21', 'CN')).toMatchObject({ reason: 'unclassified' });
    expect(of('2024-10-22', 'CN')).toMatchObject({ reason: 'not-supported' });
  });

  it('chargers, headphones, cameras and consoles are free, which a person has to confirm', () => {
    for (const hsCode of ['850440', '851830', '852589', '950450']) {
      const { charges } = assessed({
        ...{ to: 'CA', region: 'ON', currency: 'CAD', date: '2026-12-01', freight: 0 },
        goods: [{ hsCode, value: 500_00 }],
      });
      expect(charges[0], hsCode).toMatchObject({ kind: 'duty', amount: { amount: 0 }, needsReview: true });
    }
  });
});
